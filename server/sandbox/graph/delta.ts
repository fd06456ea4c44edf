import { createHash } from 'node:crypto';
import type { WireAnswer } from '../wire.ts';
import { contextOf, ok, serviceRoot, type Call } from './call.ts';
import { walk, type Feed } from './feed.ts';
import { plainName } from './query.ts';
import { badRequest, Refusal, syncStateGone } from './refusal.ts';
import type { Mailbox } from './state.ts';
import { isOn, namesMailbox, numberOf } from './switches.ts';

/** A collection with a change feed. */
export type DeltaSource = Readonly<{
  mailbox: Mailbox;
  feed: Feed;
  /** Tells this collection's tokens from others'. */
  key: string;
  context: string;
  /** As messages name it, e.g. `Contacts`. */
  resource: string;
  takesSelect: boolean;
  /** Further parameters a first request takes, in lower case. */
  firstParameters?: readonly string[];
  /** Whether a round that lists everything lists this member; every one unless told. */
  isListed?: (number: number) => boolean;
  /** The row of a member, `isNew` in a round that lists everything; one may stand for several, which come together. */
  row: (number: number, isNew: boolean, select: readonly string[] | null) => Rows | null;
  removed: (number: number) => Record<string, unknown>;
  /** What `$expand` adds to the row of a member, where the collection takes it with change tracking. */
  expanded?: (number: number, names: readonly string[]) => Record<string, unknown>;
}>;

type Row = Record<string, unknown>;
type Rows = Row | readonly Row[];

/** What a token holds; to clients it is opaque. */
type Position = Readonly<{
  key: string;
  epoch: number;
  serial: number;
  after: number;
  /** The head when a first round began: what vanished before is not mentioned in it. Null in later rounds. */
  listsFrom: number | null;
  select: readonly string[] | null;
  expand: readonly string[];
}>;

const defaultPageSize = 50;

/** How many rows of the round before come again where the switch asks for replays. */
const replayed = 5;

/** One page of a delta round: rows and either a nextLink or a deltaLink (facts/graph.md 1.2). */
export function answerDelta(call: Call, source: DeltaSource): WireAnswer {
  refuseQuota(call, source.mailbox);
  const { token, isContinued } = tokenOf(call);
  if (token !== null) refuseExtras(call, source);
  if (token !== null && call.listFault === 'expire-delta') throw syncStateGone();
  const position =
    token === null ? firstPosition(call, source) : replaying(call, readToken(call, source, token));
  if (call.listFault === 'empty-list') return emptyAnswer(call, source, position);
  const { world } = call.graph;
  if (isOn(world, 'deltaEmptyPages') && !isContinued) {
    return page(call, source, { rows: [], position, link: 'next' });
  }
  const { rows, after, isDone } = rowsAfter(source, position, call.prefer.maxPageSize ?? defaultPageSize);
  const next = { ...position, after, listsFrom: isDone ? null : position.listsFrom };
  const link = call.listFault === 'partial-page' ? null : isDone ? 'delta' : 'next';
  return page(call, source, { rows, position: next, link });
}

/** The rows of one page: a member that stands for several fills the page, and may overfill it. */
function rowsAfter(source: DeltaSource, position: Position, limit: number) {
  const { listsFrom } = position;
  const isListed = source.isListed ?? (() => true);
  const step = walk(source.feed, position.after, {
    limit,
    wants: (row) => listsFrom === null || (row.isGone ? row.position > listsFrom : isListed(row.number)),
  });
  const rows: Row[] = [];
  for (const row of step.rows) {
    rows.push(...(row.isGone ? [source.removed(row.number)] : rowsOf(source, row.number, position)));
    const isCutShort = rows.length >= limit && row !== step.rows.at(-1);
    if (isCutShort) return { rows, after: row.position, isDone: false };
  }
  return { rows, after: step.next, isDone: step.isDone };
}

function rowsOf(
  source: DeltaSource,
  number: number,
  { listsFrom, select, expand }: Position,
): readonly Row[] {
  const found = source.row(number, listsFrom !== null, select);
  if (found === null) return [];
  if (isSeveral(found)) return found;
  return [{ ...found, ...(expand.length > 0 && source.expanded?.(number, expand)) }];
}

const isSeveral = (rows: Rows): rows is readonly Row[] => Array.isArray(rows);

/** Where a round begins again some rows before its place. */
function replaying(call: Call, position: Position): Position {
  if (call.query.skipToken || !isOn(call.graph.world, 'deltaReplays')) return position;
  return { ...position, after: Math.max(0, position.after - replayed) };
}

/** Success with nothing in it; the link keeps the place, so that the next round finds what this one hid. */
const emptyAnswer = (call: Call, source: DeltaSource, position: Position) =>
  page(call, source, { rows: [], position, link: 'delta' });

type Page = Readonly<{
  rows: readonly Record<string, unknown>[];
  position: Position;
  link: 'next' | 'delta' | null;
}>;

function page(call: Call, source: DeltaSource, { rows, position, link }: Page): WireAnswer {
  const path = `${serviceRoot(call)}${call.request.rawPath.replace(/^\/v1\.0/, '')}`;
  source.mailbox.tokensIssued += 1;
  const token = writeToken({ ...position, serial: source.mailbox.tokensIssued });
  return ok(
    {
      '@odata.context': contextOf(call, source.context),
      ...(link === 'next' && { '@odata.nextLink': `${path}?$skiptoken=${token}` }),
      ...(link === 'delta' && { '@odata.deltaLink': `${path}?$deltatoken=${token}` }),
      value: rows,
    },
    { 'Preference-Applied': 'odata.track-changes' },
  );
}

function tokenOf(call: Call): Readonly<{ token: string | null; isContinued: boolean }> {
  const { skipToken, deltaToken } = call.query;
  return { token: skipToken || deltaToken || null, isContinued: Boolean(skipToken) };
}

function firstPosition(call: Call, source: DeltaSource): Position {
  refuseExtras(call, source);
  const { mailbox, feed, key } = source;
  return {
    key,
    epoch: mailbox.epoch,
    serial: 0,
    after: 0,
    listsFrom: feed.head,
    select: call.query.select,
    expand: call.query.expand.map(({ property }) => property),
  };
}

/** Parameters belong on the first request only; a few belong on none. `$expand` breaks the service (docs#2270). */
function refuseExtras(call: Call, source: DeltaSource): void {
  const { skipToken, deltaToken, names } = call.query;
  const isLink = Boolean(skipToken || deltaToken);
  const first = [
    ...(source.takesSelect ? ['select'] : []),
    ...(source.firstParameters ?? []),
    ...(source.expanded ? ['expand'] : []),
  ];
  const allowed = ['skiptoken', 'deltatoken', ...(isLink ? [] : first)];
  const extras = names.filter((name) => !allowed.includes(plainName(name)));
  if (!isLink && extras.some((name) => plainName(name) === 'expand')) {
    throw new Refusal(500, 'InternalServerError', 'Value cannot be null.\r\nParameter name: type');
  }
  if (extras.length > 0) {
    throw badRequest(
      `The following parameters are not supported with change tracking over the '${source.resource}' resource: '${extras.join(', ')}'.`,
      'ErrorInvalidUrlQuery',
    );
  }
}

/** The service keeps sync state in the mailbox; where that is full, even reading changes fails (docs#5730). */
function refuseQuota(call: Call, mailbox: Mailbox): void {
  if (namesMailbox(call.graph.world, 'fullMailbox', mailbox.address)) {
    throw new Refusal(403, 'ErrorQuotaExceeded', 'Mailbox has exceeded maximum mailbox size.');
  }
}

/** What tells the tokens of a collection, in the token of a request; null where it has none or none of ours. */
export function keyOfToken(call: Call): string | null {
  const { token } = tokenOf(call);
  const key = token === null ? undefined : fieldsOf(token)?.[0];
  return typeof key === 'string' ? key : null;
}

/** A token from before a mailbox move, which made its folder's id unknown as well. */
export function hasTokenOfOldMailbox(call: Call, mailbox: Mailbox): boolean {
  const { token } = tokenOf(call);
  const fields = token === null ? null : fieldsOf(token);
  return fields !== null && fields[1] !== mailbox.epoch;
}

function writeToken(position: Position): string {
  const text = JSON.stringify([
    position.key,
    position.epoch,
    position.serial,
    position.after,
    position.listsFrom,
    position.select,
    position.expand,
  ]);
  return `${seal(text)}${Buffer.from(text).toString('base64url')}`;
}

function readToken(call: Call, source: DeltaSource, token: string): Position {
  const fields = fieldsOf(token);
  if (!fields) throw new Refusal(410, 'SyncStateInvalid', 'The sync state is invalid.');
  const [key, epoch, serial, after, listsFrom, select, expand] = fields;
  const kept = numberOf(call.graph.world, 'deltaTokensKept');
  const isOld = kept > 0 && Number(serial) <= source.mailbox.tokensIssued - kept;
  if (key !== source.key || epoch !== source.mailbox.epoch || isOld) throw syncStateGone();
  return {
    key: source.key,
    epoch: source.mailbox.epoch,
    serial: Number(serial),
    after: Number(after),
    listsFrom: typeof listsFrom === 'number' ? listsFrom : null,
    select: Array.isArray(select) ? select.map(String) : null,
    expand: Array.isArray(expand) ? expand.map(String) : [],
  };
}

/** Null for what was never a token. */
function fieldsOf(token: string): readonly unknown[] | null {
  const text = Buffer.from(token.slice(sealLength), 'base64url').toString();
  if (seal(text) !== token.slice(0, sealLength)) return null;
  const fields: unknown = JSON.parse(text);
  return Array.isArray(fields) ? fields : null;
}

const sealLength = 12;

/** Tells tokens of ours from invented ones; nothing is secret here. */
const seal = (text: string) =>
  createHash('sha256').update(`delta:${text}`).digest('base64url').slice(0, sealLength);

/** `@removed` with the reason; nothing else comes with it. */
export const removedRow = (type: string, id: string, reason: string): Record<string, unknown> => ({
  '@odata.type': `#microsoft.graph.${type}`,
  id,
  '@removed': { reason },
});
