import type { Failure } from '../connector.ts';
import { firstMark, pollSince, type Mark, type Poll, type PollAnswer } from './poll.ts';
import type { Component } from './settings.ts';
import type { Siebel } from './siebel.ts';
import type { Row } from './wire.ts';

/** A component a feed follows. */
type Followed = Readonly<{
  component: Component;
  /** `null` follows nothing. */
  poll: Poll | null;
  /** Whether the first mark counts what was written shortly before it (see `Mark.first`). */
  isCounted: boolean;
}>;

/**
 * What was written in each of a feed's components since its cursor, and the next cursor. Without a cursor it begins now: what
 * exists already is found by the census.
 */
export async function follow(
  siebel: Siebel,
  cursor: string | null,
  followed: readonly Followed[],
): Promise<Readonly<{ rows: readonly (readonly Row[])[]; next: string }> | Failure> {
  const marks = marksFrom(cursor, followed.map(nameOf));
  const polls = await Promise.all(
    followed.map((one) => {
      const mark = marks?.[nameOf(one)];
      return mark === undefined ? begin(siebel, one) : pollSince(siebel, one.poll, mark);
    }),
  );
  const next: Record<string, Mark> = {};
  for (const [index, one] of followed.entries()) {
    const polled = polls[index];
    if (polled?.answer === 'failed') return polled.failure;
    if (polled !== undefined) next[nameOf(one)] = polled.mark;
  }
  const rows = polls.map((polled) => (polled.answer === 'polled' ? polled.rows : []));
  return { rows, next: JSON.stringify(next) };
}

function nameOf({ component }: Followed): string {
  return component.toLowerCase();
}

async function begin(siebel: Siebel, { component, poll, isCounted }: Followed): Promise<PollAnswer> {
  const mark = await firstMark(siebel, component, isCounted ? poll : null);
  return 'kind' in mark ? { answer: 'failed', failure: mark } : { answer: 'polled', rows: [], mark };
}

/** A cursor of another make is as good as none: the census catches up what a new start leaves out. */
function marksFrom(cursor: string | null, names: readonly string[]): Readonly<Record<string, Mark>> | null {
  if (cursor === null) return null;
  const value: unknown = JSON.parse(cursor);
  return hasMarks(value, names) ? value : null;
}

function hasMarks(value: unknown, names: readonly string[]): value is Readonly<Record<string, Mark>> {
  return typeof value === 'object' && value !== null && names.every((name) => name in value);
}
