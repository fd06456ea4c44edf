import type { Failure } from '../connector.ts';
import { comesTwice, instantFromSiebel, plainFloor } from './dates.ts';
import { cutOff, isCutOff, list, type Query } from './listing.ts';
import { atTime, every, idAfter, some, type Spec } from './search-spec.ts';
import type { Component } from './settings.ts';
import type { Siebel } from './siebel.ts';
import type { Row } from './wire.ts';

/** How far a component has been followed: up to when, and what of the overlap has been given out, by id. */
export type Mark = Readonly<{ at: string; seen: Readonly<Record<string, string>> }>;

export type Poll = Readonly<{
  query: Query;
  /** Narrows the poll; `null`: every record. */
  filter: Spec | null;
  /** Tells whether a record seen before has something new. */
  prints: (row: Row) => string;
}>;

export type PollAnswer =
  | Readonly<{ answer: 'polled'; rows: readonly Row[]; mark: Mark }>
  | Readonly<{ answer: 'failed'; failure: Failure }>;

/**
 * `Updated` is stamped before the commit, in whole seconds, by servers whose clocks differ: every poll looks back a while
 * and leaves out what it has already given (facts/siebel-rest.md 7.2).
 */
const overlap = { minutes: 5 } as const;

/** Records written since the mark, oldest first, without those already given; `null` polls nothing. */
export async function pollSince(siebel: Siebel, poll: Poll | null, mark: Mark): Promise<PollAnswer> {
  if (poll === null) return { answer: 'polled', rows: [], mark };
  const round = await roundSince(siebel, poll, Temporal.Instant.from(mark.at).subtract(overlap));
  if ('kind' in round) return { answer: 'failed', failure: round };
  const prints = round.rows.map(({ row, at }) => ({ row, at, print: poll.prints(row) }));
  const rows = prints.filter(({ row, print }) => mark.seen[row.id] !== print).map(({ row }) => row);
  const at = nextAt(Temporal.Instant.from(mark.at), round);
  const from = at.subtract(overlap);
  const kept = prints.filter((one) => Temporal.Instant.compare(one.at, from) >= 0);
  const seen = Object.fromEntries(kept.map(({ row, print }) => [row.id, print]));
  return { answer: 'polled', rows, mark: { at: at.toString(), seen } };
}

/** Where to begin: Siebel's newest record of the component, or, where there is none, its clock. Never our own clock. */
export async function firstMark(siebel: Siebel, component: Component): Promise<Mark | Failure> {
  const newest = await list(siebel, {
    component,
    spec: null,
    sort: 'Updated:desc',
    fields: ['Id', 'Updated'],
    children: {},
    offset: 0,
    size: 1,
    withTotal: false,
  });
  if (newest.answer === 'failed') return newest.failure;
  const updated = newest.rows[0]?.values['Updated'];
  const written = updated === undefined ? null : instantFromSiebel(updated, siebel.settings.timeZone);
  const at = earlierOf(written, newest.at);
  return at === null ? noClock : { at: at.toString(), seen: {} };
}

type Dated = Readonly<{ row: Row; at: Temporal.Instant }>;
type Round = Readonly<{ rows: readonly Dated[]; now: Temporal.Instant | null }>;

/** Page after page from the last record seen, which does not drift while records change under the hand. */
async function roundSince(siebel: Siebel, poll: Poll, since: Temporal.Instant): Promise<Round | Failure> {
  const zone = siebel.settings.timeZone;
  const updated = siebel.field('Updated');
  const rows: Dated[] = [];
  let from = atTime(updated, '>=', { instant: plainFloor(since, zone), zone });
  let offset = 0;
  let now: Temporal.Instant | null = null;
  for (;;) {
    const spec = poll.filter === null ? from : every([from, poll.filter]);
    const page = await list(siebel, {
      ...poll.query,
      spec,
      sort: 'Updated:asc,Id:asc',
      offset,
      withTotal: true,
    });
    if (page.answer === 'failed') return page.failure;
    now ??= page.at;
    const dated = page.rows.flatMap((row) => datedRow(row, zone) ?? []);
    if (dated.length < page.rows.length) return noDate;
    if (isCutOff(dated.length, page.total, { offset, size: poll.query.size })) return cutOff;
    rows.push(...dated);
    const last = dated.at(-1);
    if (last === undefined || dated.length < poll.query.size) return { rows, now };
    if (comesTwice(last.at, zone)) offset += dated.length;
    else {
      const after = every([
        atTime(updated, '=', { instant: last.at, zone }),
        idAfter(siebel.field('Id'), last.row.id),
      ]);
      from = some([atTime(updated, '>', { instant: last.at, zone }), after]);
      offset = 0;
    }
  }
}

function datedRow(row: Row, zone: string): Dated | null {
  const at = instantFromSiebel(row.values['Updated'] ?? '', zone);
  return at === null ? null : { row, at };
}

/**
 * The next mark: the newest record seen, but never ahead of Siebel's clock (one server's wrong clock must not hide what the
 * others write), and in silence up to the overlap behind that clock, so that old records leave the overlap.
 */
function nextAt(mark: Temporal.Instant, { rows, now }: Round): Temporal.Instant {
  const newest = earlierOf(rows.at(-1)?.at ?? null, now);
  const quiet = now?.subtract(overlap) ?? null;
  return laterOf(laterOf(mark, newest), quiet);
}

function earlierOf(one: Temporal.Instant | null, other: Temporal.Instant | null): Temporal.Instant | null {
  if (one === null || other === null) return one ?? other;
  return Temporal.Instant.compare(one, other) <= 0 ? one : other;
}

function laterOf(one: Temporal.Instant, other: Temporal.Instant | null): Temporal.Instant {
  return other === null || Temporal.Instant.compare(one, other) >= 0 ? one : other;
}

const noClock: Failure = {
  kind: 'misconfigured',
  reach: 'side',
  reason: 'Siebel shows neither a record nor its clock; check the view modes and what stands in front of it.',
  retryAfterMs: null,
};

const noDate: Failure = {
  kind: 'misconfigured',
  reach: 'side',
  reason:
    'Siebel gave records whose Updated is no date of the form MM/DD/YYYY HH:MM:SS; check the field map.',
  retryAfterMs: null,
};
