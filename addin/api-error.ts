/**
 * Why a request did not succeed. `offline`: no answer at all; `slow`: none in time; `signedOut`: the token is not taken;
 * `problem`: the server says why, by `code`; `server`: it failed without saying.
 */
export type ApiTrouble = 'offline' | 'slow' | 'signedOut' | 'problem' | 'server';

type Details = Readonly<{
  status: number | null;
  code: string | null;
  detail?: string | null;
  requestId: string | null;
}>;

/** `code` is the stable one of `application/problem+json`; what people read is made from it, not from `detail`. */
export class ApiError extends Error {
  readonly trouble: ApiTrouble;
  readonly status: number | null;
  readonly code: string | null;
  readonly detail: string | null;
  readonly requestId: string | null;

  constructor(trouble: ApiTrouble, { status, code, detail = null, requestId }: Details) {
    super(detail ?? `${trouble}${code === null ? '' : `: ${code}`}`);
    this.name = 'ApiError';
    this.trouble = trouble;
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.requestId = requestId;
  }
}
