import { hash } from 'node:crypto';
import type { Failure } from '../connector.ts';
import { comesTwice, instantFromSiebel, plainFloor } from './dates.ts';
import { cutOff, isCutOff, list, type Query } from './listing.ts';
import { atTime, equals, every, idAfter, some, type Spec } from './search-spec.ts';
import type { Component } from './settings.ts';
import type { Siebel } from './siebel.ts';
import type { Row } from './wire.ts';

/**
 * How far a component has been followed: up to when, and what of the overlap has been given out: by id the print of the
 * record, the second it was written, and its `Mod Id`.
 */
export type Mark = Readonly<{
  at: string;
  seen: Readonly<Record<string, Seen>>;
  /** Where it all began, until the overlap has left it behind: how many records lay in the overlap before. */
  first?: First;
}>;
type First = Readonly<{ at: string; before: number }>;
type Seen = readonly [print: string, second: number, modId: string];

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
  const isLong = Object.keys(mark.seen).length > poll.query.size;
  const first = mark.first !== undefined && isNear(mark.at, mark.first) ? mark.first : null;
  const short = isLong
    ? await newOnly(siebel, poll, { mark, first })
    : first && first.before > 0
      ? await sinceFirst(siebel, poll, first)
      : null;
  const round = short ?? (await wholeRound(siebel, poll, mark));
  if ('kind' in round) return { answer: 'failed', failure: round };
  const printed = round.rows.map(({ row, at }) => ({ row, at, print: poll.prints(row) }));
  const rows = printed.filter(({ row, print }) => mark.seen[row.id]?.[0] !== print).map(({ row }) => row);
  const at = nextAt(Temporal.Instant.from(mark.at), round);
  const fromSecond = secondOf(at.subtract(overlap));
  const fresh = printed.map(({ row, at, print }): [string, Seen] => [
    row.id,
    [print, secondOf(at), modIdOf(row)],
  ]);
  const all = { ...round.kept, ...Object.fromEntries(fresh) };
  const seen = Object.fromEntries(Object.entries(all).filter(([, [, second]]) => second >= fromSecond));
  const isFirst = first !== null && short !== null && isNear(at.toString(), first);
  return { answer: 'polled', rows, mark: { at: at.toString(), seen, ...(isFirst ? { first } : {}) } };
}

/** Where to begin: Siebel's newest record of the component, or, where there is none, its clock. Never our own clock. */
export async function firstMark(
  siebel: Siebel,
  component: Component,
  poll: Poll | null,
): Promise<Mark | Failure> {
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
  if (at === null) return noClock;
  const before =
    poll === null ? null : await countWithin(siebel, poll, { instant: at, after: null, modId: null });
  return {
    at: at.toString(),
    seen: {},
    ...(before === null ? {} : { first: { at: at.toString(), before } }),
  };
}

type Dated = Readonly<{ row: Row; at: Temporal.Instant }>;
type Round = Readonly<{
  rows: readonly Dated[];
  now: Temporal.Instant | null;
  /** What stays given out although it was not read again. */
  kept: Mark['seen'];
}>;

/** Everything since the beginning of the overlap. */
function wholeRound(siebel: Siebel, poll: Poll, mark: Mark): Promise<Round | Failure> {
  const zone = siebel.settings.timeZone;
  const since = plainFloor(Temporal.Instant.from(mark.at).subtract(overlap), zone);
  return roundFrom(siebel, poll, atTime(siebel.field('Updated'), '>=', { instant: since, zone }));
}

/** Whether the overlap still reaches back before the first mark. */
function isNear(at: string, first: First): boolean {
  const begins = Temporal.Instant.from(at).subtract(overlap);
  return Temporal.Instant.compare(begins, Temporal.Instant.from(first.at)) < 0;
}

/**
 * Nothing from before the first mark has been given out; the census tells of it. Where nothing lay there, reading all of it
 * takes no longer. If no more records lie there than did then,
 * none was committed late: what is newer is enough. `null`: something came
 * late, and everything has to be read.
 */
async function sinceFirst(siebel: Siebel, poll: Poll, first: First): Promise<Round | Failure | null> {
  const zone = siebel.settings.timeZone;
  const instant = Temporal.Instant.from(first.at);
  if (comesTwice(instant, zone) || comesTwice(instant.subtract(overlap), zone)) return null;
  const [round, isStill] = await Promise.all([
    roundFrom(siebel, poll, atTime(siebel.field('Updated'), '>', { instant, zone })),
    hasNoneLate(siebel, poll, first),
  ]);
  return 'kind' in round || isStill ? round : null;
}

/** Fewer may lie there than did, for whatever is edited moves on; more means that something was committed late. */
async function hasNoneLate(siebel: Siebel, poll: Poll, first: First): Promise<boolean> {
  const instant = Temporal.Instant.from(first.at);
  const count = await countWithin(siebel, poll, { instant, after: null, modId: null });
  return count !== null && count <= first.before;
}

/**
 * After a burst the overlap holds many records, and reading all of them again each time would cost more than it is worth.
 * If as many as before lie in it, and as many of each `Mod Id`, none was written late, edited or taken away, and what is
 * newer than the mark is enough. `null`: something differs or cannot be told, and everything has to be read.
 */
async function newOnly(
  siebel: Siebel,
  poll: Poll,
  { mark, first }: Readonly<{ mark: Mark; first: First | null }>,
): Promise<Round | Failure | null> {
  const zone = siebel.settings.timeZone;
  const instant = Temporal.Instant.from(mark.at);
  if (comesTwice(instant, zone) || comesTwice(instant.subtract(overlap), zone)) return null;
  const modIds = [...new Set(Object.values(mark.seen).map(([, , modId]) => modId))];
  if (modIds.length > mostModIds) return null;
  const after = first && Temporal.Instant.from(first.at);
  const [round, isFirstStill, all, ...counts] = await Promise.all([
    roundFrom(siebel, poll, atTime(siebel.field('Updated'), '>', { instant, zone })),
    first === null ? true : hasNoneLate(siebel, poll, first),
    countWithin(siebel, poll, { instant, after, modId: null }),
    ...modIds.map((modId) => countWithin(siebel, poll, { instant, after, modId })),
  ]);
  if ('kind' in round) return round;
  const moved = new Set(round.rows.map(({ row }) => row.id));
  const left = Object.entries(mark.seen).filter(([id]) => !moved.has(id));
  const isSame = modIds.every(
    (modId, index) => counts[index] === left.filter(([, seen]) => seen[2] === modId).length,
  );
  return isFirstStill && all === left.length && isSame ? { ...round, kept: Object.fromEntries(left) } : null;
}

/** New records of a load all have the same `Mod Id`; where there are more kinds, counting saves nothing. */
const mostModIds = 2;

/** How many records lie in the overlap up to the mark; `null` where Siebel does not say. */
async function countWithin(
  siebel: Siebel,
  { query, filter }: Poll,
  {
    instant,
    after,
    modId,
  }: Readonly<{
    instant: Temporal.Instant;
    /** Where the overlap is cut off by a first mark. */
    after: Temporal.Instant | null;
    modId: string | null;
  }>,
): Promise<number | null> {
  const zone = siebel.settings.timeZone;
  const updated = siebel.field('Updated');
  const within = [
    after === null
      ? atTime(updated, '>=', { instant: instant.subtract(overlap), zone })
      : atTime(updated, '>', { instant: after, zone }),
    atTime(updated, '<=', { instant, zone }),
    ...(modId === null ? [] : [equals(siebel.field('Mod Id'), modId)]),
    ...(filter === null ? [] : [filter]),
  ];
  const light = { ...query, fields: ['Id'], children: {}, size: 1, sort: null, offset: 0, withTotal: true };
  const count = await list(siebel, { ...light, spec: every(within) });
  return count.answer === 'failed' ? null : (count.total ?? (count.rows.length === 0 ? 0 : null));
}

/** Page after page from the last record seen, which does not drift while records change under the hand. */
async function roundFrom(siebel: Siebel, poll: Poll, start: Spec): Promise<Round | Failure> {
  const zone = siebel.settings.timeZone;
  const updated = siebel.field('Updated');
  const rows: Dated[] = [];
  let from = start;
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
    if (last === undefined || dated.length < poll.query.size) return { rows, now, kept: {} };
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
function nextAt(mark: Temporal.Instant, { rows, now }: Pick<Round, 'rows' | 'now'>): Temporal.Instant {
  const newest = earlierOf(rows.at(-1)?.at ?? null, now);
  const quiet = now?.subtract(overlap) ?? null;
  return laterOf(laterOf(mark, newest), quiet);
}

/** A short print of a record, because a cursor holds one for every record of the overlap. */
export function print(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 8);
}

function modIdOf(row: Row): string {
  return row.values['Mod Id'] ?? '';
}

function secondOf(instant: Temporal.Instant): number {
  return Math.floor(instant.epochMilliseconds / 1000);
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
