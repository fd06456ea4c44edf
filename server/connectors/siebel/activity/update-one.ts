import { appointmentFields } from '../../../../shared/appointment.ts';
import { valueOf } from '../wire.ts';
import { activityNames } from './activity-map.ts';
import { appointmentValues, repeatValues } from './appointment.ts';
import { daysNamed, fieldsOn, guestWrites, peopleBeside, type Change, type RowPlan } from './change.ts';
import { changedOccurrence, exceptionChildren, occurrenceOn } from './draft.ts';
import { occurrenceIdOfRow } from './gather.ts';
import { coverDays } from './series-plan.ts';
import type { SeriesPlan } from './series-plan.ts';
import { exceptionRows } from './sighting.ts';
import { nothingAfter, type RowWrite } from './write-plan.ts';

type OnePlan = Exclude<SeriesPlan, { form: 'fan' | 'none' }>;

/** A change of what is, or becomes, a single or a repeating activity. */
export function oneWrites(change: Change, series: OnePlan): RowPlan {
  return change.record.form === 'fan' ? fromFan(change, series) : sameForm(change, series);
}

function sameForm(change: Change, series: OnePlan): RowPlan {
  const { request, record, view, common, isReplanned } = change;
  const { main } = record;
  const own = appointmentValues(change.fields, { item: request.item, row: main }, view);
  const repeat = isReplanned ? repeatValues(series.form === 'repeat' ? series : null, main, view.map) : {};
  const guests = guestWrites(change, main);
  const exceptions = exceptionWrites(change, series);
  const row: RowWrite = {
    id: main.id,
    values: { ...own.values, ...repeat, ...common },
    children: [...guests.adds, ...exceptions.adds],
    drops: [...guests.drops, ...exceptions.drops],
  };
  const changed = changedWrites(change, exceptions.days);
  return {
    writes: [row, ...changed.writes],
    after: nothingAfter,
    deletes: changed.deletes,
    notes: [...own.notes, ...guests.notes],
    shape: { kind: 'appointment', form: 'one', key: null },
  };
}

/** The exceptions to add and to take away, and all the days that are to have one. */
function exceptionWrites(change: Change, series: OnePlan) {
  const { request, record, view } = change;
  const name = view.map.settings.children.exception;
  const slot = request.item.timeSlot;
  const present = exceptionRows(record.main, view);
  const days = wantedDays(
    change,
    series,
    present.flatMap(({ day }) => day ?? []),
  );
  if (name === null || slot === null) return { days, adds: [], drops: [] };
  // Exceptions name the start an occurrence would have had, so that another hour needs them anew.
  const isMoved = JSON.stringify(request.before.timeSlot) !== JSON.stringify(slot);
  const isKept = (day: string | null) => !isMoved && day !== null && days.has(day);
  const kept = new Set(present.flatMap(({ day }) => (day !== null && isKept(day) ? [day] : [])));
  const missing = [...days].filter((day) => !kept.has(day)).toSorted();
  const gone = present.filter(({ day }) => day !== null && !isKept(day));
  return {
    days,
    adds: exceptionChildren(missing, { slot, view }),
    drops: gone.map(({ row }) => ({ name, childId: row.id })),
  };
}

function wantedDays(change: Change, series: OnePlan, present: readonly string[]): ReadonlySet<string> {
  const { request, isReplanned, isOtherRule } = change;
  const { exceptions } = request.item;
  if (!isReplanned) {
    const named = daysNamed(change);
    const left = present.filter((day) => !named.includes(day));
    return new Set([...left, ...named.filter((day) => exceptions[day] !== undefined)]);
  }
  if (series.form === 'single') return new Set();
  // Days that only the former rule had to leave out are nobody's cancellation.
  const former = new Set(isOtherRule ? coverDays(request.before) : []);
  return new Set([...Object.keys(exceptions).filter((day) => !former.has(day)), ...series.less]);
}

/** The activities of changed occurrences: changed further, new, or not wanted any more. */
function changedWrites(
  change: Change,
  days: ReadonlySet<string>,
): Readonly<{ writes: readonly RowWrite[]; deletes: readonly string[] }> {
  const { request, record, view, common } = change;
  const { main, others } = record;
  const rows = others.flatMap((row) => {
    const id = occurrenceIdOfRow(row);
    return id === null ? [] : [{ row, day: id.day }];
  });
  const isChanged = (day: string) => days.has(day) && request.item.exceptions[day]?.isCancelled === false;
  const kept = rows.flatMap(({ row, day }): RowWrite[] => {
    const item = isChanged(day) ? occurrenceOn(request.item, day) : null;
    if (item === null) return [];
    const { adds, drops } = guestWrites(change, row);
    const { values } = appointmentValues(fieldsOn(day, change), { item, row }, view);
    return [{ id: row.id, values: { ...values, ...common }, children: adds, drops }];
  });
  const here = new Set(rows.map(({ day }) => day));
  const { children, owner } = peopleBeside(change, main);
  const made = Object.keys(request.item.exceptions)
    .filter((day) => isChanged(day) && !here.has(day))
    .flatMap((day) => changedOccurrence(request.item, { day, mainId: main.id, view, children }) ?? [])
    .map((write) => ({ ...write, values: { ...write.values, ...owner } }));
  return {
    writes: [...kept, ...made],
    deletes: rows.filter(({ day }) => !isChanged(day)).map(({ row }) => row.id),
  };
}

/** Separate activities become one again: the first of them, with everything of the series. */
function fromFan(change: Change, series: OnePlan): RowPlan {
  const { request, record, view, common } = change;
  const { main, others } = record;
  const { item } = request;
  const own = appointmentValues(appointmentFields, { item, row: main }, view);
  const expires =
    valueOf(main, activityNames.repeatingExpires) === null ? {} : { [activityNames.repeatingExpires]: '' };
  const repeat = series.form === 'repeat' ? repeatValues(series, main, view.map) : expires;
  const days =
    series.form === 'repeat'
      ? [...new Set([...Object.keys(item.exceptions), ...series.less])].toSorted()
      : [];
  const guests = guestWrites(change, main);
  const exceptions = item.timeSlot === null ? [] : exceptionChildren(days, { slot: item.timeSlot, view });
  const row: RowWrite = {
    id: main.id,
    values: {
      ...own.values,
      ...repeat,
      ...common,
      [activityNames.stamp]: occurrenceIdOfRow(main)?.key ?? '',
    },
    children: [...guests.adds, ...exceptions],
    drops: guests.drops,
  };
  const { children, owner } = peopleBeside(change, main);
  const made = days
    .filter((day) => item.exceptions[day]?.isCancelled === false)
    .flatMap((day) => changedOccurrence(item, { day, mainId: main.id, view, children }) ?? [])
    .map((write) => ({ ...write, values: { ...write.values, ...owner } }));
  return {
    writes: [row, ...made],
    after: nothingAfter,
    deletes: others.map(({ id }) => id).filter((id) => id !== main.id),
    notes: [...own.notes, ...guests.notes],
    shape: { kind: 'appointment', form: 'one', key: null },
  };
}
