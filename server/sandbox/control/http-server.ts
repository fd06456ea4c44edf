import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { WireAnswer, WireRequest } from '../wire.ts';
import { DropConnection } from '../world.ts';

export type Listening = Readonly<{ port: number; close: () => Promise<void> }>;

/** What the server hands every request to: the first segment of the path and the rest as a `WireRequest`. */
export type Answerer = (prefix: string, request: WireRequest) => Promise<WireAnswer>;

type ServerOptions = Readonly<{
  port: number;
  host: string;
  answer: Answerer;
  /** For the `Date` header, which clients use as the server's clock. */
  now: () => Date;
  log: (line: string) => void;
}>;

/**
 * Listens on a loopback address only, and for `127.0.0.1` on `::1` as well, because `localhost` may mean either.
 * Port 0 takes any free one.
 */
export async function listen(options: ServerOptions): Promise<Listening> {
  const first = await listenOn(options, options.host, options.port);
  const port = portOf(first);
  const second = options.host === '127.0.0.1' ? await listenOn(options, '::1', port).catch(() => null) : null;
  const servers = second === null ? [first] : [first, second];
  return {
    port,
    close: async () => {
      await Promise.all(servers.map(closed));
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

function listenOn(options: ServerOptions, host: string, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    void respond(options, request, response);
  });
  // Longer than any client keeps a connection, so that it is never closed under a request on its way.
  server.keepAliveTimeout = 120_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function respond(
  options: ServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { prefix, wire } = wireFrom(request, await bodyOf(request));
    send(response, await options.answer(prefix, wire), options.now());
  } catch (error) {
    if (error instanceof DropConnection) {
      request.socket.destroy();
      return;
    }
    if (error instanceof URIError) {
      send(
        response,
        { status: 400, body: { error: 'The path is not percent-encoded correctly.' } },
        options.now(),
      );
      return;
    }
    options.log(`${request.method} ${request.url}: ${error instanceof Error ? error.stack : String(error)}`);
    send(
      response,
      { status: 500, body: { error: 'The sandbox made a mistake; see its log.' } },
      options.now(),
    );
  }
}

function bodyOf(request: IncomingMessage): Promise<string> {
  if (request.method === 'GET' || request.method === 'HEAD') return Promise.resolve('');
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('error', reject);
  });
}

function wireFrom(request: IncomingMessage, body: string): { prefix: string; wire: WireRequest } {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const split = path.indexOf('/', 1);
  const prefix = split < 0 ? path.slice(1) : path.slice(1, split);
  const rawPath = split < 0 ? '/' : path.slice(split);
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const wire: WireRequest = {
    method: request.method ?? 'GET',
    path: decodeURIComponent(rawPath),
    rawPath,
    query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)),
    headers,
    body,
    base: `http://${headers['host'] ?? 'localhost'}/${prefix}`,
  };
  return { prefix, wire };
}

function send(response: ServerResponse, answer: WireAnswer, now: Date): void {
  const { status, body } = answer;
  const isText = typeof body === 'string' || body instanceof Uint8Array;
  const text = body === null || body === undefined ? '' : isText ? body : JSON.stringify(body);
  const headers: Record<string, string | number> = { date: now.toUTCString() };
  if (!isText && text !== '') headers['content-type'] = 'application/json;charset=utf-8';
  if (status !== 204 && status !== 304) headers['content-length'] = Buffer.byteLength(text);
  response.writeHead(status, { ...headers, ...answer.headers });
  response.end(text);
}
