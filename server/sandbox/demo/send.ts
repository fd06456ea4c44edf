import type { Side, WireAnswer, WireRequest } from '../wire.ts';

export type DemoRequest = Readonly<{
  method: string;
  path: string;
  query?: Readonly<Record<string, string>>;
  authorization: string;
  /** Absent: a request without a body. */
  body?: unknown;
}>;

/** Sends a request to a stand-in as the wire would; a refusal is a mistake in the demo and throws. */
export async function send(
  side: Side,
  { method, path, query = {}, authorization, body }: DemoRequest,
): Promise<WireAnswer> {
  const request: WireRequest = {
    method,
    path,
    rawPath: path,
    query: new URLSearchParams(query),
    headers: { authorization, 'content-type': 'application/json' },
    body: body === undefined ? '' : JSON.stringify(body),
    base: 'http://localhost',
  };
  const answer = await side.answer(request);
  if (answer.status >= 300) throw new Error(`The demo's ${method} ${path}: ${JSON.stringify(answer.body)}`);
  return answer;
}
