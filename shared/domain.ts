/** The words every part of the product shares. A Domain is what is kept in step, a Side is where it lives. */

export const domains = ['contact', 'appointment', 'task'] as const;
export type Domain = (typeof domains)[number];

export const sides = ['siebel', 'exchange'] as const;
export type Side = (typeof sides)[number];

/** One value for each side. */
export type Both<T> = Readonly<Record<Side, T>>;

/** A string that may only be used where an id of that kind is meant. */
export type Brand<Text extends string, Name extends string> = Text & { readonly __brand: Name };

/** Names the compiler's proof that a `switch` is complete; reached only when a value lies about its type. */
export function unreachable(value: never): never {
  throw new Error(`Unexpected value ${JSON.stringify(value)}: a case is missing in the code.`);
}
