/** For switches that know every case: a new case that nobody wrote down does not compile. */
export function unreachable(value: never): never {
  throw new Error(`Nobody expected ${JSON.stringify(value)} here.`);
}
