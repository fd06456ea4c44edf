/** Siebel's logins mean the same person in either case. */
export function sameLogin(login: string): string {
  return login.toUpperCase();
}

export function includesLogin(logins: readonly string[], login: string): boolean {
  return logins.some((one) => sameLogin(one) === sameLogin(login));
}
