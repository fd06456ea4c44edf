import type { FastifyReply } from 'fastify';
import type { Problem } from '../../shared/api.ts';
import type { Failure } from '../connectors/connector.ts';

/** Every problem the API can answer with: a stable code, a status, and a title that never changes. */
const problems = {
  'invalid-request': [400, 'The request is not well-formed'],
  'invalid-cursor': [400, 'The cursor is none this list gave'],
  'token-missing': [401, 'Sign-in needed'],
  'token-invalid': [401, 'The token is not accepted'],
  'scope-missing': [403, 'The token does not allow calling this API'],
  'admin-only': [403, 'For administrators only'],
  'person-unmapped': [403, 'Nobody is mapped to this sign-in'],
  'not-found': [404, 'Nothing is here'],
  'item-not-found': [404, 'There is no such item'],
  'person-not-found': [404, 'There is no such person on the user map'],
  'question-not-found': [404, 'There is no such question'],
  'parked-not-found': [404, 'There is no such parked item'],
  'method-not-allowed': [405, 'This address does not take that method'],
  'mailbox-taken': [409, 'The mailbox is mapped to somebody else'],
  'login-taken': [409, 'The Siebel login is mapped to another mailbox'],
  'person-disabled': [409, 'Sync is switched off for this person'],
  'domain-off': [409, 'Sync is switched off for these items'],
  'employee-exported': [409, 'Employees come from Siebel alone'],
  'not-in-step': [409, 'The item is not kept in step'],
  'already-answered': [409, 'The question is no longer open'],
  'already-carried-out': [409, 'The answer was carried out already'],
  'already-decided': [409, 'Somebody decided already'],
  'policy-changed': [412, 'The policy was changed in between'],
  'body-too-large': [413, 'The request is too large'],
  'media-type': [415, 'The body is not JSON'],
  'invalid-policy': [422, 'The policy cannot be used as it is'],
  'mailbox-not-found': [422, 'There is no such mailbox'],
  'login-not-found': [422, 'There is no such Siebel employee'],
  'too-many-requests': [429, 'Too many requests'],
  'internal-error': [500, 'Something went wrong here'],
  'side-unreachable': [503, 'Siebel or Outlook cannot be asked right now'],
  'sign-in-unreachable': [503, 'Tokens cannot be checked right now'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof problems;

export type ProblemExtra = Readonly<{
  errors?: readonly Readonly<{ pointer: string; message: string }>[];
  headers?: Readonly<Record<string, string>>;
}>;

/** An error a route throws to answer with a problem. `detail` says what, which, and what next. */
export type ProblemError = Error & Readonly<{ problem: ProblemCode; extra: ProblemExtra }>;

export function problem(code: ProblemCode, detail: string, extra: ProblemExtra = {}): ProblemError {
  return Object.assign(new Error(detail), { problem: code, extra });
}

export function isProblem(error: unknown): error is ProblemError {
  return error instanceof Error && 'problem' in error && 'extra' in error;
}

/** Answers with a problem as RFC 9457 has it. */
export async function sendProblem(reply: FastifyReply, error: ProblemError): Promise<void> {
  const [status, title] = problems[error.problem];
  const body: Problem = {
    type: `urn:siebel-sync:problem:${error.problem}`,
    title,
    status,
    detail: error.message,
    code: error.problem,
    ...(error.extra.errors ? { errors: [...error.extra.errors] } : {}),
  };
  await reply
    .code(status)
    .headers({ ...error.extra.headers })
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(body));
}

/** A side that cannot be asked, as its caller sees it. */
export function unreachable(failure: Failure): ProblemError {
  const seconds = failure.retryAfterMs === null ? 10 : Math.ceil(failure.retryAfterMs / 1000);
  return problem('side-unreachable', failure.reason, { headers: { 'retry-after': String(seconds) } });
}
