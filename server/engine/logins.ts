import type { Login } from '../connectors/connector.ts';

/** Siebel's logins mean the same person in either case. */
export function sameLogin(login: Login): string {
  return login.toUpperCase();
}

export function includesLogin(logins: readonly Login[], login: Login): boolean {
  return logins.some((one) => sameLogin(one) === sameLogin(login));
}
