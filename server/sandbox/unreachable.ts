/** The compiler's proof that a `switch` is complete; the stand-ins share no code with the product, not even this. */
export function unreachable(value: never): never {
  throw new Error(`Unexpected value ${JSON.stringify(value)}: a case is missing in the sandbox.`);
}
