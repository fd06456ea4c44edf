import type { Appointment, OccurrenceException, TimeSlot } from '../../../../shared/appointment.ts';
import { occurrenceDates } from '../../../../shared/occurrences.ts';
import { dateFromSiebel } from '../dates.ts';
import { valueOf, type Row } from '../wire.ts';
import { activityNames } from './activity-map.ts';
import { appointmentFromSiebel, exceptionFromSiebel, type View } from './appointment.ts';
import { occurrenceIdFrom, type OccurrenceId } from './series-key.ts';
import { endOfWhole } from './series-plan.ts';
import { dayOf, instantsOf, onDay } from './times.ts';

export type FanRow = Readonly<{ row: Row; id: OccurrenceId }>;

/** The activities of a fanned series, by the days of their occurrences. */
export function fanRowsOf(rows: readonly Row[]): readonly FanRow[] {
  const known = rows.flatMap((row) => {
    const id = occurrenceIdFrom(valueOf(row, activityNames.stamp));
    return id === null ? [] : [{ row, id }];
  });
  return known.toSorted((one, other) => (one.id.day < other.id.day ? -1 : 1));
}

export type FanKnowledge = Readonly<{
  /** What was last agreed on; Siebel cannot tell the rule of activities that stand for themselves. */
  known: Appointment | null;
  /** In the owner's zone. */
  today: string;
}>;

/**
 * A series put together from its activities. What most of them say is said of the series; what one says otherwise is an
 * exception, and an occurrence of the rule without its activity is cancelled. Without the rule nothing is known of those.
 */
export function appointmentFromFan(
  rows: readonly Row[],
  view: View,
  { known, today }: FanKnowledge,
): Appointment | null {
  const all = fanRowsOf(rows);
  const ruled = ofRule(all, known);
  const fan = ruled.length === 0 ? all : ruled;
  const each = fan.map(({ row, id }) => ({ id, row, item: appointmentFromSiebel(row, view) }));
  const first = each[0];
  if (first === undefined) return null;
  const items = each.map(({ item }) => item);
  const common = <K extends keyof Appointment>(field: K) => mostCommon(items, field, known);
  const timeSlot = known?.timeSlot ?? first.item.timeSlot;
  const series: Appointment = {
    ...first.item,
    subject: common('subject'),
    body: common('body'),
    location: common('location'),
    importance: common('importance'),
    isPrivate: common('isPrivate'),
    reminderMinutesBeforeStart: common('reminderMinutesBeforeStart'),
    activityType: common('activityType'),
    showAs: common('showAs'),
    categories: common('categories'),
    organizer: common('organizer'),
    attendees: common('attendees'),
    timeSlot,
    recurrence: known?.recurrence ?? null,
    exceptions: {},
  };
  const changed = each.flatMap(({ id, row, item }): [string, OccurrenceException][] => {
    const exception = isAsRuled(item, { series, day: id.day, zone: view.zones.owner })
      ? null
      : exceptionFromSiebel(row, view);
    return exception === null ? [] : [[id.day, exception]];
  });
  const cancelled = missingDays(fan, { known, today }).map((day) => [day, { isCancelled: true }] as const);
  const exceptions = [...changed, ...cancelled].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return { ...series, exceptions: Object.fromEntries(exceptions) };
}

/** What was before the rule became another one stays in Siebel as it was, and is no part of the series any more. */
export function ofRule(fan: readonly FanRow[], known: Appointment | null): readonly FanRow[] {
  const first = fan[0]?.id.day;
  const last = fan.at(-1)?.id.day;
  if (known === null || known.recurrence === null || known.timeSlot === null) return fan;
  if (first === undefined || last === undefined) return fan;
  const window = { from: first, to: last, limit: 20_000 };
  const days = new Set(occurrenceDates(known.recurrence, dayOf(known.timeSlot), window));
  return fan.filter(({ id }) => days.has(id.day));
}

/**
 * Until when the occurrences of a series have been made: as its anchor says; without one, to the end of a series that was
 * made whole, or as far as there are any.
 */
export function horizonOf(fan: readonly FanRow[], known: Appointment | null): string | null {
  const dates = fan.flatMap(({ row }) => valueOf(row, activityNames.repeatingExpires) ?? []);
  const marked = dates.flatMap((date) => dateFromSiebel(date) ?? []).toSorted();
  const end = known === null ? null : endOfWhole(known);
  return marked.at(-1) ?? end ?? fan.at(-1)?.id.day ?? null;
}

/**
 * Days of the rule whose activity somebody took away. What lies in the past may just have been tidied up, unless it was
 * known as cancelled. A series without its anchor has lost at least the first one.
 */
function missingDays(fan: readonly FanRow[], { known, today }: FanKnowledge): readonly string[] {
  const [first] = fan;
  const to = horizonOf(fan, known);
  if (known === null || known.recurrence === null || known.timeSlot === null) return [];
  if (first === undefined || to === null) return [];
  const begin = dayOf(known.timeSlot);
  const present = new Set(fan.map(({ id }) => id.day));
  const all = occurrenceDates(known.recurrence, begin, { from: earlier(begin, first), to, limit: 20_000 });
  const position = all.findIndex((day) => present.has(day));
  const hasAnchor = fan.some(({ id }) => id.role === 'anchor');
  const from = hasAnchor ? position : Math.max(position - 1, 0);
  const begun = all[Math.max(from, 0)] ?? begin;
  return all.filter((one) => {
    const isKnown = known.exceptions[one]?.isCancelled === true;
    return !present.has(one) && (isKnown || (one >= begun && one >= today));
  });
}

/** Far enough back to hold the occurrence before the first one there is, whatever the rule. */
function earlier(begin: string, { id }: FanRow): string {
  const back = Temporal.PlainDate.from(id.day).subtract({ years: 2 }).toString();
  return back < begin ? begin : back;
}

function isAsRuled(
  item: Appointment,
  { series, day, zone }: Readonly<{ series: Appointment; day: string; zone: string }>,
): boolean {
  if (item.timeSlot === null || series.timeSlot === null) return true;
  const isSameText =
    item.subject === series.subject && item.body === series.body && item.location === series.location;
  return isSameText && isSameTime(item.timeSlot, onDay(series.timeSlot, day), zone);
}

/** Of what has no length Siebel makes a minute. */
function isSameTime(slot: TimeSlot, ruled: TimeSlot, zone: string): boolean {
  const is = instantsOf(slot, zone);
  const should = instantsOf(ruled, zone);
  const end = should.end.equals(should.start) ? should.end.add({ minutes: 1 }) : should.end;
  return is.start.equals(should.start) && is.end.equals(end);
}

/** What most say; of equals what was known, else what comes first. */
function mostCommon<K extends keyof Appointment>(
  items: readonly Appointment[],
  field: K,
  known: Appointment | null,
): Appointment[K] {
  const groups = [...Map.groupBy(items, (item) => JSON.stringify(item[field])).entries()];
  const most = Math.max(...groups.map(([, group]) => group.length));
  const best = groups.filter(([, group]) => group.length === most);
  const told = known === null ? undefined : best.find(([text]) => text === JSON.stringify(known[field]));
  const value = (told ?? best[0])?.[1][0];
  if (value === undefined) throw new Error('A series has at least one activity.');
  return value[field];
}
