import { appointmentFields, type Appointment } from '../../../../shared/appointment.ts';
import { noteOf } from '../../../core/note.ts';
import type { FieldNote } from '../../../core/step.ts';
import { rowIdOf } from '../siebel.ts';
import { valueOf } from '../wire.ts';
import { activityNames } from './activity-map.ts';
import { appointmentValues, repeatValues } from './appointment.ts';
import { daysNamed, fieldsOn, guestWrites, peopleBeside, type Change, type RowPlan } from './change.ts';
import { anchorValues, newValues, occurrenceOn } from './draft.ts';
import { fanRowsOf, horizonOf, ofRule, type FanRow } from './fan.ts';
import { keyOfStamp, occurrenceIdOf } from './series-key.ts';
import type { SeriesPlan } from './series-plan.ts';
import { exceptionRows } from './sighting.ts';
import { nothingAfter, type RowWrite } from './write-plan.ts';

type FanPlan = Extract<SeriesPlan, { form: 'fan' }>;

/** A change of a series that is, or becomes, separate activities. */
export function fanWrites(change: Change, series: FanPlan): RowPlan {
  return change.record.form === 'fan' ? sameForm(change, series) : fromOne(change, series);
}

/** One occurrence as it is to be: `fan` is its activity so far, `null` where it gets one. */
type Slot = Readonly<{ day: string; fan: FanRow | null; item: Appointment }>;

function sameForm(change: Change, series: FanPlan): RowPlan {
  const { request, record, today } = change;
  const key = rowIdOf(record);
  const all = fanRowsOf(record.others);
  const ruled = change.isReplanned ? ofRule(all, request.item) : ofRule(all, request.before);
  const rows = new Map(ruled.map((fan) => [fan.id.day, fan]));
  const { days, late } = daysWanted(change, { series, rows });
  const slots = days.flatMap((day): Slot[] => {
    const item = occurrenceOn(request.item, day);
    return item === null ? [] : [{ day, fan: rows.get(day) ?? null, item }];
  });
  const wanted = new Set(slots.map(({ day }) => day));
  const others = all.filter(({ id }) => !wanted.has(id.day));
  // What took place by a former rule did take place; only what is still to come makes room.
  const isLeft = (fan: FanRow) => !ruled.includes(fan) && (fan.id.day < today || !change.isReplanned);
  const history = others.filter(isLeft);
  const hasAnchor = slots.some(({ fan }) => fan?.id.role === 'anchor');
  const anchorDay = hasAnchor ? null : (slots[0]?.day ?? null);
  const horizon = change.isReplanned ? series.horizon : horizonOf(ruled, request.before);
  const made = slots.map((slot) => writeOf(change, slot, { key, horizon, isAnchor: slot.day === anchorDay }));
  return {
    writes: [...made.map(({ write }) => write), ...(change.isReplanned ? history.flatMap(demoted) : [])],
    after: nothingAfter,
    deletes: others.filter((fan) => !history.includes(fan)).map(({ row }) => row.id),
    notes: [...made.flatMap(({ notes }) => notes), ...late.map(lateNote)],
    shape: { kind: 'appointment', form: 'fan', key },
  };
}

/** A former anchor stands for the series no more. */
function demoted({ row, id }: FanRow): readonly RowWrite[] {
  if (id.role !== 'anchor') return [];
  const stamp = occurrenceIdOf({ ...id, role: 'fan' });
  const values = { [activityNames.stamp]: stamp, [activityNames.repeatingExpires]: '' };
  return [{ id: row.id, values, children: [], drops: [] }];
}

/** The days that are to have an activity; `late` are named ones that get theirs only nearer to their day. */
function daysWanted(
  change: Change,
  { series, rows }: Readonly<{ series: FanPlan; rows: ReadonlyMap<string, FanRow> }>,
): Readonly<{ days: readonly string[]; late: readonly string[] }> {
  const present = [...rows.keys()];
  if (change.isReplanned) {
    const days = change.isOtherRule ? series.days : [...present, ...series.days];
    return { days: [...new Set(days)].toSorted(), late: [] };
  }
  const horizon = horizonOf([...rows.values()], change.request.before) ?? '';
  const missing = daysNamed(change).filter((day) => !rows.has(day));
  const within = missing.filter((day) => day <= horizon && day >= (present[0] ?? day));
  return {
    days: [...new Set([...present, ...within])].toSorted(),
    late: missing.filter((day) => !within.includes(day)),
  };
}

type Place = Readonly<{ key: string; horizon: string | null; isAnchor: boolean }>;

function writeOf(change: Change, { day, fan, item }: Slot, { key, horizon, isAnchor }: Place) {
  const { view, record, common } = change;
  if (fan === null) {
    const { values, notes } = newValues(item, view);
    const { children, owner } = peopleBeside(change, record.main);
    const stamp = { [activityNames.stamp]: occurrenceIdOf({ role: 'fan', key, day }) };
    const mark = isAnchor ? anchorValues(key, day, horizon) : stamp;
    const write: RowWrite = { id: null, values: { ...values, ...mark, ...owner }, children, drops: [] };
    return { write, notes };
  }
  const { values, notes } = appointmentValues(fieldsOn(day, change), { item, row: fan.row }, view);
  const guests = guestWrites(change, fan.row);
  const mark = isAnchor || fan.id.role === 'anchor' ? anchorValues(key, day, horizon) : {};
  const news = Object.entries(mark).filter(([name, text]) => text !== (valueOf(fan.row, name) ?? ''));
  const write: RowWrite = {
    id: fan.row.id,
    values: { ...values, ...Object.fromEntries(news), ...common },
    children: guests.adds,
    drops: guests.drops,
  };
  return { write, notes: [...notes, ...guests.notes] };
}

/** What Siebel cannot repeat any more becomes separate activities, the first of them the one there was. */
function fromOne(change: Change, { days, horizon }: FanPlan): RowPlan {
  const { request, record, view, common } = change;
  const { main, others } = record;
  const key = keyOfStamp(valueOf(main, activityNames.stamp) ?? main.id);
  const slots = days.flatMap((day) => {
    const item = occurrenceOn(request.item, day);
    return item === null ? [] : [{ day, fan: null, item }];
  });
  const [first, ...rest] = slots;
  const made = rest.map((slot) => writeOf(change, slot, { key, horizon, isAnchor: false }));
  const { exception } = view.map.settings.children;
  const own =
    first === undefined ? null : appointmentValues(appointmentFields, { item: first.item, row: main }, view);
  const guests = guestWrites(change, main);
  const row: RowWrite = {
    id: main.id,
    values: {
      ...own?.values,
      ...repeatValues(null, main, view.map),
      ...anchorValues(key, first?.day ?? days[0] ?? horizon, horizon),
      ...common,
    },
    children: guests.adds,
    drops: [
      ...guests.drops,
      ...exceptionRows(main, view).flatMap(({ row: { id } }) =>
        exception === null ? [] : [{ name: exception, childId: id }],
      ),
    ],
  };
  return {
    writes: [row, ...made.map(({ write }) => write)],
    after: nothingAfter,
    deletes: others.map(({ id }) => id),
    notes: [...(own?.notes ?? []), ...guests.notes],
    shape: { kind: 'appointment', form: 'fan', key },
  };
}

function lateNote(day: string): FieldNote {
  return noteOf(`occurrence.${day}`, 'notHeld', { code: 'occurrenceComesLater' });
}
