import { request as send, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { WireAnswer, WireRequest } from '../wire.ts';
import { withLocalOffice } from './office-files.ts';

/** Headers that are about one connection, or that keep a page from being framed by the stand-in. */
const notPassedOn = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'content-encoding',
  'content-security-policy',
  'cross-origin-resource-policy',
  'cross-origin-opener-policy',
  'origin-agent-cluster',
  'strict-transport-security',
  'x-frame-options',
  'host',
  'accept-encoding',
]);
/** The pane may be framed by the stand-in's page and reaches nothing but this origin. */
const framed =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'self'";

/**
 * Hands a request to the product, so that add-in, API and stand-in share one origin: office.js talks only to a frame it
 * knows. The product notices nothing; its pages get office.js from this machine.
 */
export async function askProduct(
  productUrl: string | null,
  prefix: string,
  wire: WireRequest,
): Promise<WireAnswer> {
  const path = `/${prefix}${wire.rawPath === '/' ? '' : wire.rawPath}`;
  if (productUrl === null || prefix === '')
    return { status: 404, body: { error: `There is nothing at ${path}.` } };
  const query = wire.query.toString();
  try {
    const { status, headers, body } = await exchange(`${productUrl}${path}${query ? `?${query}` : ''}`, wire);
    const isPage = headers['content-type']?.startsWith('text/html') ?? false;
    return {
      status,
      headers: { ...passedOn(headers), ...(isPage ? { 'content-security-policy': framed } : {}) },
      body: isPage ? withLocalOffice(body.toString('utf8')) : body,
    };
  } catch {
    const error = `The product does not answer at ${productUrl}; \`npm start\` starts both.`;
    return { status: 502, body: { error } };
  }
}

type Exchange = Readonly<{ status: number; headers: IncomingHttpHeaders; body: Buffer }>;

function exchange(url: string, { method, headers, body }: WireRequest): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    const sending = send(url, { method, headers: passedOn(headers) }, (response) => {
      collected(response).then(
        (answer) => resolve({ status: response.statusCode ?? 502, headers: response.headers, body: answer }),
        reject,
      );
    });
    sending.on('error', reject);
    sending.end(body === '' ? undefined : body);
  });
}

async function collected(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function passedOn(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || notPassedOn.has(name) ? [] : [[name, String(value)]],
    ),
  );
}
