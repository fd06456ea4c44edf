import { request as sendPlain, Agent as PlainAgent } from 'node:http';
import { request as sendSecure, Agent as SecureAgent } from 'node:https';

type WebhookAnswer = Readonly<{ status: number; contentType: string; body: string }>;

export type Webhook = Readonly<{
  /** Null when nobody answered within the time limit. */
  post: (url: string, message: WebhookMessage) => Promise<WebhookAnswer | null>;
  close: () => void;
}>;

type WebhookMessage = Readonly<{ contentType: string; body: string; timeoutMs: number }>;

/** The only place from which the Graph stand-in calls anybody. */
export function createWebhook(): Webhook {
  const plain = new PlainAgent({ keepAlive: true, maxSockets: 16 });
  const secure = new SecureAgent({ keepAlive: true, maxSockets: 16 });
  return {
    post: (url, message) => {
      const address = new URL(url);
      const isSecure = address.protocol === 'https:';
      const send = isSecure ? sendSecure : sendPlain;
      return new Promise((resolve) => {
        const outgoing = send(
          address,
          {
            method: 'POST',
            agent: isSecure ? secure : plain,
            headers: {
              'Content-Type': message.contentType,
              'Content-Length': Buffer.byteLength(message.body),
            },
          },
          (incoming) => {
            const chunks: Buffer[] = [];
            incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
            incoming.on('error', () => settle(null));
            incoming.on('end', () =>
              settle({
                status: incoming.statusCode ?? 0,
                contentType: incoming.headers['content-type'] ?? '',
                body: Buffer.concat(chunks).toString(),
              }),
            );
          },
        );
        const timer = setTimeout(() => {
          outgoing.destroy();
          settle(null);
        }, message.timeoutMs);
        const settle = (answer: WebhookAnswer | null) => {
          clearTimeout(timer);
          resolve(answer);
        };
        outgoing.on('error', () => settle(null));
        outgoing.end(message.body);
      });
    },
    close: () => {
      plain.destroy();
      secure.destroy();
    },
  };
}
