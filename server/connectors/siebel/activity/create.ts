import { emptyAppointment, type Appointment } from '../../../../shared/appointment.ts';
import { isAppointment, isTask } from '../../../../shared/item.ts';
import { refusalOf } from '../../../core/note.ts';
import type { CreateRequest, Sighting, WriteAnswer } from '../../connector.ts';
import { notReached } from '../outcome.ts';
import { actingUser, type Siebel } from '../siebel.ts';
import { activityNames } from './activity-map.ts';
import { repeatValues, slotFault, type View } from './appointment.ts';
import { deleteActivity } from './attempt.ts';
import { attendeeDelta, attendeeWrites } from './attendees.ts';
import { carryOutEach, type Planned } from './carry-out.ts';
import {
  anchorValues,
  changedOccurrence,
  exceptionChildren,
  filledTask,
  mergedNotes,
  newValues,
  occurrenceOn,
  seriesNotes,
} from './draft.ts';
import { findByStamp } from './find.ts';
import { knownFor, ownerFor, type Known } from './owner.ts';
import { keyOfStamp, occurrenceIdOf } from './series-key.ts';
import { seriesPlanOf, type SeriesPlan } from './series-plan.ts';
import { sightingsOf, viewOf } from './sighting.ts';
import { plainValues } from './values.ts';
import { waysOf } from './ways.ts';
import { nothingAfter, type Plan, type RowWrite } from './write-plan.ts';

/** Integration Ids hold thirty characters. */
const stampLength = 30;

/**
 * New appointments and tasks, a hundred activities to a request, with their people and exceptions. When it is not known
 * whether a request was carried out, the stamps are looked up before anything is answered, so that nothing is made twice.
 */
export async function create(
  siebel: Siebel,
  requests: readonly CreateRequest[],
): Promise<readonly WriteAnswer[]> {
  if (requests.length === 0) return [];
  const known = await knownFor(
    siebel,
    requests.map(({ item, holder, ownerIfUnknown }) => ({
      holder,
      item: isAppointment(item) ? item : emptyAppointment,
      before: null,
      isOwned: isAppointment(item),
      logins: ownerIfUnknown === null ? [] : [ownerIfUnknown],
    })),
  );
  if ('kind' in known) return requests.map(() => notReached(known));
  const { answers, uncertain } = await carryOutEach(siebel, requests, (request) =>
    planOf(siebel, request, known),
  );
  await answerUncertain(siebel, uncertain, answers);
  return requests.map((request) => answers.get(request) ?? { outcome: 'gone' });
}

/** What was made although nobody told us is looked for; a series of which only a part was made is taken away again. */
async function answerUncertain(
  siebel: Siebel,
  planned: readonly Planned<CreateRequest>[],
  answers: Map<CreateRequest, WriteAnswer>,
): Promise<void> {
  if (planned.length === 0) return;
  const found = await findByStamp(
    siebel,
    planned.map(({ request: { holder, stamp, item } }) => ({
      by: 'stamp',
      domain: isTask(item) ? 'task' : 'appointment',
      holder,
      stamp,
    })),
  );
  await Promise.all(
    planned.map(async ({ request, plan }, index) => {
      const answer = found[index];
      const [sighting] = answer?.answer === 'found' ? answer.sightings : [];
      const now = sighting === undefined ? null : await adopted(siebel, sighting, plan);
      if (now !== null) answers.set(request, { outcome: 'done', now, notes: plan.notes });
    }),
  );
}

async function adopted(siebel: Siebel, { ref, version }: Sighting, plan: Plan): Promise<Sighting | null> {
  const record = siebel.activity.recent.recordOf(ref, version);
  if (record === null) return null;
  if (record.form === 'fan' && record.others.length < plan.writes.length) {
    const { asUser } = plan;
    await Promise.all(record.others.map(({ id }) => deleteActivity(siebel, { id, asUser })));
    return null;
  }
  const sightings = await sightingsOf(siebel, [record], () => plan.item);
  return 'kind' in sightings ? null : (sightings[0] ?? null);
}

function planOf(siebel: Siebel, request: CreateRequest, known: Known): Plan | WriteAnswer {
  const { item, stamp } = request;
  if (stamp.length > stampLength)
    throw new Error(`A stamp for Siebel has at most ${stampLength} characters.`);
  if (isTask(item)) return taskPlan(siebel, { ...request, item }, known);
  if (isAppointment(item)) return appointmentPlan(siebel, { ...request, item }, known);
  throw new Error('A request about an activity carries a contact.');
}

function taskPlan(
  siebel: Siebel,
  { holder, stamp, item }: CreateRequest & Readonly<{ item: Parameters<typeof filledTask>[0] }>,
  { people }: Known,
): Plan {
  const { map, zones } = viewOf(siebel, holder.login, people);
  const { displays, types } = map.settings;
  const own = plainValues(filledTask(item), { item, row: null }, { map, kind: 'task', zones });
  const values = {
    [map.task.activityType.name ?? 'Type']: types.task,
    ...own.values,
    [activityNames.display]: displays.task,
    [activityNames.owner]: holder.login,
    [activityNames.stamp]: stamp,
  };
  return {
    asUser: actingUser(siebel, holder),
    writes: [{ id: null, values, children: [], drops: [] }],
    after: nothingAfter,
    deletes: [],
    notes: own.notes,
    shape: { kind: 'task', form: 'one', key: null },
    item,
    record: null,
  };
}

type AppointmentRequest = CreateRequest & Readonly<{ item: Appointment }>;

function appointmentPlan(siebel: Siebel, request: AppointmentRequest, known: Known): Plan | WriteAnswer {
  const { item, holder, stamp, ownerIfUnknown } = request;
  const owner = ownerFor({ item, holder }, ownerIfUnknown, known);
  if ('because' in owner) return refusalOf(owner.because, 'organizer');
  const view = viewOf(siebel, owner.owner.login, known.people);
  const fault = slotFault(item.timeSlot, view.zones.owner);
  if (fault !== null) return refusalOf(fault, 'timeSlot');
  const series = seriesPlanOf(item, waysOf(siebel, view));
  if (series.form === 'none') return refusalOf(series.because, 'recurrence');
  const guests = attendeeWrites(
    null,
    { ...attendeeDelta(null, item), list: { add: [], drop: [] }, owner: owner.owner.login },
    { ...known, children: view.map.settings.children, mails: view.mails },
  );
  const own = { owner: owner.owner.login, children: guests.adds, view };
  const made =
    series.form === 'fan'
      ? fanRows(item, series, { ...own, key: keyOfStamp(stamp) })
      : oneRow(item, series, { ...own, stamp });
  if (made.writes.length === 0) return refusalOf({ code: 'allCancelled' }, 'recurrence');
  return {
    asUser: actingUser(siebel, holder),
    writes: made.writes,
    after: made.after,
    deletes: [],
    notes: mergedNotes([...made.notes, ...guests.notes, ...seriesNotes(series)]),
    shape: { kind: 'appointment', form: series.form === 'fan' ? 'fan' : 'one', key: keyOfStamp(stamp) },
    item,
    record: null,
  };
}

type Rows = Readonly<{ writes: readonly RowWrite[]; after: Plan['after']; notes: Plan['notes'] }>;
type Own = Readonly<{ owner: string; children: RowWrite['children']; view: View }>;

function oneRow(
  item: Appointment,
  series: Exclude<SeriesPlan, { form: 'fan' | 'none' }>,
  { owner, children, view, stamp }: Own & Readonly<{ stamp: string }>,
): Rows {
  const { values, notes } = newValues(item, view);
  const repeat = series.form === 'repeat' ? series : null;
  const days =
    repeat === null ? [] : [...new Set([...Object.keys(item.exceptions), ...repeat.less])].toSorted();
  const exceptions = item.timeSlot === null ? [] : exceptionChildren(days, { slot: item.timeSlot, view });
  const row: RowWrite = {
    id: null,
    values: {
      ...values,
      ...repeatValues(repeat, null, view.map),
      [activityNames.owner]: owner,
      [activityNames.stamp]: stamp,
    },
    children: [...children, ...exceptions],
    drops: [],
  };
  const changed = repeat === null ? [] : Object.keys(item.exceptions);
  const after = (mainId: string) =>
    changed.flatMap((day) => {
      const write = changedOccurrence(item, { day, mainId, view, children });
      return write === null ? [] : [{ ...write, values: { ...write.values, [activityNames.owner]: owner } }];
    });
  return { writes: [row], after, notes };
}

function fanRows(
  item: Appointment,
  { days, horizon }: Extract<SeriesPlan, { form: 'fan' }>,
  { owner, children, view, key }: Own & Readonly<{ key: string }>,
): Rows {
  const occurrences = days.flatMap((day) => {
    const occurrence = occurrenceOn(item, day);
    return occurrence === null ? [] : [{ day, ...newValues(occurrence, view) }];
  });
  const writes = occurrences.map(({ day, values }, index): RowWrite => {
    const role = { [activityNames.stamp]: occurrenceIdOf({ role: 'fan', key, day }) };
    const mark = index === 0 ? anchorValues(key, day, horizon) : role;
    return { id: null, values: { ...values, ...mark, [activityNames.owner]: owner }, children, drops: [] };
  });
  return { writes, after: nothingAfter, notes: occurrences.flatMap(({ notes }) => notes) };
}
