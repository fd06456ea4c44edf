/** How the three stand-ins meet the HTTP server: one request in, one answer out, nothing of sockets. */

export type SideName = 'graph' | 'siebel' | 'entra';

export type WireRequest = Readonly<{
  method: string;
  /** Percent-decoded path below the side's prefix, e.g. `/v1.0/users/…`; never with a query. */
  path: string;
  /** The same path as it was sent, for stand-ins that must decode segment by segment. */
  rawPath: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  body: string;
  /** Origin and prefix, e.g. `http://localhost:4000/graph`, for links in answers. */
  base: string;
}>;

export type WireAnswer = Readonly<{
  status: number;
  headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, a string or bytes as they are, `null` as an empty body. */
  body: unknown;
}>;

/** One stand-in. */
export type Side = Readonly<{
  answer: (request: WireRequest) => Promise<WireAnswer>;
  /** The route template a request is counted under, e.g. `/v1.0/users/{id}/contacts/{id}`. */
  template: (method: string, path: string) => string;
}>;
