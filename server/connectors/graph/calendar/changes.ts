import type { ChangeAnswer, ChangeRequest, ChangeRow, Failure, Holder } from '../../connector.ts';
import { cutOffIn, failed } from '../delta-feed.ts';
import { failureFrom, isExpiredToken } from '../errors.ts';
import type { GraphAnswer } from '../packer.ts';
import { holderOf, type Outlook } from '../read.ts';
import { pageFrom, query, rowFrom, segment, type GraphRow } from '../wire.ts';
import { cursorFrom, cursorText, isDue, windowAround, type CalendarCursor, type Window } from './cursor.ts';
import { changeRows, seenRow } from './change-rows.ts';
import { eventPath } from './rows.ts';

/** The one feed of a mailbox's calendar. Appointments live in the default calendar; what lies in others is its owner's. */
export const calendarFeed = 'calendar';

/** The largest page of a change feed that clients are known to get. */
const pageSize = 500;
/** Five million rows: a listing that goes on beyond that goes round in circles. */
const mostPages = 10_000;

/**
 * What changed in calendars since their cursors. Exchange tells changes of a window of time only, in rows that are hints: of an
 * occurrence no more than that its series changed, of an event outside the window that it was "removed" (facts/graph.md 1.5).
 * Removed events are therefore looked at in the same breath, which also brings to light what was made outside the window.
 */
export function changes(
  outlook: Outlook,
  requests: readonly ChangeRequest[],
): Promise<readonly ChangeAnswer[]> {
  return Promise.all(requests.map((request) => changesOf(outlook, request)));
}

async function changesOf(outlook: Outlook, request: ChangeRequest): Promise<ChangeAnswer> {
  const holder = holderOf(request.holder);
  const cursor = cursorFrom(request.cursor);
  const path = cursor === null ? null : outlook.client.pathFromLink(cursor.link, holder.userId);
  if (cursor === null || path === null) return everything(outlook, holder, null);
  const round = await walk(outlook, holder, path);
  if ('kind' in round) {
    return round.kind === 'expired' ? everything(outlook, holder, cursor.calendar) : failed(round);
  }
  const today = todayOf(outlook, holder);
  if (!isDue(cursor.window, today, outlook.calendar)) {
    return answerOf(outlook, holder, { ...round, ...cursor, listed: [], isWhole: false });
  }
  const window = windowAround(today, outlook.calendar);
  const next = await walk(outlook, holder, firstPath(holder, window));
  if ('kind' in next) return failed(next);
  const rows = [...round.rows, ...next.rows];
  return answerOf(outlook, holder, { ...cursor, rows, end: next.end, listed: [], window, isWhole: false });
}

/**
 * A first round, or a new one after a cursor expired: the calendar is listed whole, for the window shows nothing beyond it, and
 * beside the listing a feed is begun whose cursor tells what changes from here on. A default calendar, which nobody can delete,
 * has another id than before when the mailbox was moved: then no id that leads nowhere proves anything.
 */
async function everything(
  outlook: Outlook,
  holder: Holder,
  knownCalendar: string | null,
): Promise<ChangeAnswer> {
  const window = windowAround(todayOf(outlook, holder), outlook.calendar);
  const [listing, round, calendar] = await Promise.all([
    walk(outlook, holder, listPath(holder)),
    walk(outlook, holder, firstPath(holder, window)),
    calendarIdOf(outlook, holder),
  ]);
  if ('kind' in listing) return failed(listing);
  if ('kind' in round) return failed(round);
  if (calendar !== null && knownCalendar !== null && calendar !== knownCalendar) {
    outlook.folders.noteMove(holder.userId);
  }
  return answerOf(outlook, holder, { ...round, listed: listing.rows, window, calendar, isWhole: true });
}

async function calendarIdOf(outlook: Outlook, { userId }: Holder): Promise<string | null> {
  const path = `/users/${segment(userId)}/calendar?${query({ $select: 'id' })}`;
  const answer = await outlook.client.request({ mailbox: userId, method: 'GET', path });
  return answer.answer === 'response' && answer.status === 200 ? (rowFrom(answer.body)?.id ?? null) : null;
}

type Round = Readonly<{ rows: readonly GraphRow[]; end: string | null }>;

/** One listing to its end. Tokens can die in the middle of it; then the whole of it counts for nothing. */
async function walk(outlook: Outlook, { userId }: Holder, from: string): Promise<Round | Failure> {
  const rows: GraphRow[] = [];
  let path = from;
  let count = 0;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const answer: GraphAnswer = await outlook.client.request({
      mailbox: userId,
      method: 'GET',
      path,
      ...(path.includes('/calendarView/') ? { maxPageSize: pageSize } : {}),
    });
    if (answer.answer === 'failed') return answer.failure;
    if (isExpiredToken(answer) || answer.status !== 200) return failureFrom(answer, outlook.client.nowMs());
    const page = pageFrom(answer.body);
    if (page === null) return cutOff;
    // A row of a window is the whole event, of which no more is kept than says what to look at.
    rows.push(...page.rows.map(hintOf));
    count = Math.max(count, page.count ?? 0);
    if (page.nextLink === null) return rows.length < count ? cutOff : { rows, end: page.deltaLink };
    const next = outlook.client.pathFromLink(page.nextLink, userId);
    if (next === null || next === path) return cutOff;
    path = next;
  }
  return cutOff;
}

/** Adds what became of the removed events, and what the events are called. */
async function answerOf(
  outlook: Outlook,
  holder: Holder,
  round: Round & Omit<CalendarCursor, 'link'> & Readonly<{ listed: readonly GraphRow[]; isWhole: boolean }>,
): Promise<ChangeAnswer> {
  const { end, window, calendar, isWhole } = round;
  if (end === null || outlook.client.pathFromLink(end, holder.userId) === null) return failed(cutOff);
  const { seen, removed } = changeRows([...round.listed, ...round.rows], holder);
  const rows: ChangeRow[] = [...seen.values()];
  rows.push(...(await Promise.all(removed.map((ref) => removedRow(outlook, holder, ref)))));
  return { answer: 'changes', rows, next: cursorText({ link: end, window, calendar }), isWhole };
}

/** An event that went from the window is only gone if it cannot be opened any more. */
async function removedRow(outlook: Outlook, holder: Holder, ref: ChangeRow['ref']): Promise<ChangeRow> {
  const mailbox = holder.userId;
  const path = `${eventPath(mailbox, ref)}?${query({ $select: hints.join(',') })}`;
  const answer = await outlook.client.request({ mailbox, method: 'GET', path });
  if (answer.answer === 'failed' || answer.status !== 200) return { change: 'gone', ref };
  return seenRow(answer.body, holder) ?? { change: 'gone', ref };
}

const hints = ['id', 'changeKey', 'type', 'seriesMasterId', 'categories'] as const;
const kept: ReadonlySet<string> = new Set([...hints, '@odata.etag', '@removed']);

function hintOf(row: GraphRow): GraphRow {
  return { id: row.id, ...Object.fromEntries(Object.entries(row).filter(([name]) => kept.has(name))) };
}

/** A listing has no mark at its end, so it is counted: without that a cut-off one would look whole. */
function listPath({ userId }: Holder): string {
  const options = query({ $select: hints.join(','), $top: String(pageSize), $count: 'true' });
  return `/users/${segment(userId)}/calendar/events?${options}`;
}

function firstPath({ userId }: Holder, { start, end }: Window): string {
  const options = query({ startDateTime: `${start}T00:00:00Z`, endDateTime: `${end}T00:00:00Z` });
  return `/users/${segment(userId)}/calendarView/delta?${options}`;
}

function todayOf(outlook: Outlook, { timeZone }: Holder): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(outlook.client.nowMs())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();
}

const cutOff = cutOffIn('Outlook', 'a calendar');
