import type { Domain } from '../../shared/domain.ts';
import type { Person } from './people.ts';

/** People whose own lists are turned over in a regular poll. */
const peoplePerPoll = 50;

/** When the lists were last turned over, by the database's clock, and how often so far. */
export type Round = Readonly<{ number: number; lastAt: Temporal.Instant | null }>;

/**
 * Whose lists of a domain are to be looked at: everybody's somebody has asked for, and as many as a poll takes, in turn.
 * What was read whole since it was asked for, or since the last sweep, need not be looked at again.
 */
export function listsDue(
  people: readonly Person[],
  { domain, round }: Readonly<{ domain: Domain; round: Round }>,
): readonly Person[] {
  const slices = slicesOf(people.length);
  return people.filter((person, index) => {
    const { lists_wished_at: wished } = person.row;
    const read = person.row.loaded[domain] ?? null;
    if (wished !== null && isAfter(wished, read)) return true;
    const isTheirTurn = index % slices === round.number % slices;
    return isTheirTurn && !isAfter(read, round.lastAt?.toString() ?? null);
  });
}

/** How often a person's turn has come. */
export function turnOf(people: number, { number }: Round): number {
  return Math.floor(number / slicesOf(people));
}

function slicesOf(people: number): number {
  return Math.max(1, Math.ceil(people / peoplePerPoll));
}

/** Nothing comes after, or before, what has not been. */
function isAfter(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return false;
  return Temporal.Instant.compare(one, other) > 0;
}
