import type { Login } from '../../directory.ts';

/** An employee as activities need one: who it is, how to write to them, and when their days begin. */
export type Person = Readonly<{
  id: string;
  login: Login;
  /** Lower case. */
  address: string | null;
  name: string | null;
  isActive: boolean;
  /** As Siebel's profile says it; may be no IANA name. */
  timeZone: string | null;
}>;

/** Employees asked for lately. `null`: Siebel has none of that login. */
export type PeopleMemory = Readonly<{
  keep: (login: Login, person: Person | null) => void;
  /** `undefined`: not asked for since so many milliseconds. */
  personOf: (login: Login, withinMs: number) => Person | null | undefined;
}>;

/** Profiles change rarely, and every page of activities asks for the zones of their owners. */
export const readWithinMs = 10 * 60_000;

/** Whoever has left must not own anything new, but a herd of writes asks once. */
export const writeWithinMs = 10_000;

export function createPeopleMemory(clock: Readonly<{ now: () => Temporal.Instant }>): PeopleMemory {
  const people = new Map<Login, Readonly<{ person: Person | null; at: Temporal.Instant }>>();
  return {
    keep: (login, person) => {
      people.set(login, { person, at: clock.now() });
    },
    personOf: (login, withinMs) => {
      const known = people.get(login);
      const isFresh = known !== undefined && clock.now().since(known.at).total('milliseconds') < withinMs;
      return isFresh ? known.person : undefined;
    },
  };
}
