import type { WireAnswer } from '../../wire.ts';
import { mailboxOf, type Call } from '../call.ts';
import { answerDelta, hasTokenOfOldMailbox, keyOfToken, removedRow } from '../delta.ts';
import { encodeId } from '../ids.ts';
import { syncStateGone } from '../refusal.ts';
import type { Mailbox } from '../state.ts';
import { windowOf } from './calendar-view.ts';
import { calendarOf } from './calendars.ts';
import { optionsOf } from './event-call.ts';
import { overlaps, type Span } from './event-index.ts';
import { showEvent, showSkeleton, type EventOptions } from './event-view.ts';
import { exceptionOf, type Instance } from './instance.ts';
import { occurrencesIn } from './series.ts';
import type { Calendar, EventItem } from './state.ts';

/**
 * GET …/calendarView/delta: what changed in a calendar, as far as it lies in a window that the first request names for
 * good. A series comes as its own row with all its occurrences in the window, these as skeletons; whatever changed outside
 * the window comes as removed, known or not (facts/graph.md 1.5).
 */
export function deltaView(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  if (hasTokenOfOldMailbox(call, mailbox)) throw syncStateGone();
  const calendar = calendarOf(call, mailbox);
  const window = frozenWindow(call, calendar);
  const options = { ...optionsOf(call), expand: [] };
  const view: View = { mailbox, window, options };
  return answerDelta(call, {
    mailbox,
    feed: calendar.feed,
    key: `view/${calendar.number}/${window.startMs}/${window.endMs}`,
    context: 'Collection(event)',
    resource: 'CalendarView',
    takesSelect: true,
    firstParameters: ['startdatetime', 'enddatetime'],
    isListed: (number) => {
      const item = calendar.items.get(number);
      return item !== undefined && isWithin(item, window);
    },
    row: (number) => {
      const item = calendar.items.get(number);
      if (!item) return null;
      return isWithin(item, window) ? rowsOf(view, item) : removed(call, calendar, number);
    },
    removed: (number) => removed(call, calendar, number),
  });
}

type View = Readonly<{ mailbox: Mailbox; window: Span; options: EventOptions }>;

const eventType = { '@odata.type': '#microsoft.graph.event' };

function rowsOf({ mailbox, window, options }: View, item: EventItem): readonly Record<string, unknown>[] {
  const whole = (instance: Instance) => ({ ...eventType, ...showEvent(mailbox, instance, options) });
  const rows = occurrencesIn(item, window).map((instance) =>
    exceptionOf(instance) ? whole(instance) : { ...eventType, ...showSkeleton(mailbox, instance, options) },
  );
  return [whole({ item, date: null }), ...rows];
}

const isWithin = (item: EventItem, window: Span): boolean =>
  item.series ? occurrencesIn(item, window).length > 0 : overlaps(item, window);

/** The window of the request, or the one its token was given for. */
function frozenWindow(call: Call, calendar: Calendar): Span {
  const key = keyOfToken(call);
  if (key === null) return windowOf(call);
  const [, number, startMs, endMs] = /^view\/(\d+)\/(-?\d+)\/(-?\d+)$/.exec(key) ?? [];
  if (Number(number) !== calendar.number) throw syncStateGone();
  return { startMs: Number(startMs), endMs: Number(endMs) };
}

/** The id under which a client knew the event: the immutable one, or the mutable one from before the move. */
function removed(call: Call, calendar: Calendar, number: number): Record<string, unknown> {
  const { prefixes } = mailboxOf(call);
  const present = calendar.items.get(number)?.mutableNumber;
  const id = call.prefer.immutableIds
    ? encodeId(prefixes.immutable, number)
    : encodeId(prefixes.mutable, present ?? calendar.left.get(number) ?? number);
  return removedRow('event', id, 'deleted');
}
