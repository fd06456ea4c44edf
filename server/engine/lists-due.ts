import type { Domain } from '../../shared/domain.ts';
import type { Person } from './people.ts';

type Loaded = Readonly<{ row: Pick<Person['row'], 'loaded'> }>;

/** A person whose items have been loaded, and when somebody last asked for a look, by the database's clock. */
export type Reader<One extends Loaded = Person> = Readonly<{ person: One; askedAt: string | null }>;

/** People whose own lists are turned over in a regular poll. */
const peoplePerPoll = 50;

/** When the last sweep began, by the database's clock, and how many there were. */
export type Round = Readonly<{ number: number; lastAt: Temporal.Instant | null }>;

/**
 * Whose lists of a domain are to be looked at: everybody's somebody has asked for, and as many as a poll takes, in turn.
 * What was read whole since it was asked for, or since the last sweep, need not be looked at again.
 */
export function listsDue<One extends Loaded>(
  readers: readonly Reader<One>[],
  { domain, round }: Readonly<{ domain: Domain; round: Round }>,
): readonly One[] {
  const slices = slicesOf(readers.length);
  const lastAt = round.lastAt?.toString() ?? null;
  const lookedFrom = round.lastAt?.subtract(longestCommit).toString() ?? null;
  return readers
    .filter(({ person, askedAt }, index) => {
      const read = person.row.loaded[domain] ?? null;
      const isAsked = isAfter(askedAt, read) && (lookedFrom === null || isAfter(askedAt, lookedFrom));
      const isTheirTurn = index % slices === round.number % slices;
      return isAsked || (isTheirTurn && !isAfter(read, lastAt));
    })
    .map(({ person }) => person);
}

/** A wish is dated before it is committed: the last sweep may not have seen one that is a little older than itself. */
const longestCommit = { minutes: 1 } as const;

/** A round as its cursor keeps it. */
export function roundFrom(text: string | null): Round {
  const [number = '0', at = null] = text?.split(' ') ?? [];
  return { number: Number(number), lastAt: at === null ? null : Temporal.Instant.from(at) };
}

/** The round after, where this one began at that time. */
export function nextRound({ number }: Round, at: Temporal.Instant): string {
  return `${number + 1} ${at.toString()}`;
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
