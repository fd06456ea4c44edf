import type { Appointment } from '../../../../shared/appointment.ts';
import { noteOf, refusalOf } from '../../../core/note.ts';
import type { FieldName, FieldNote } from '../../../core/step.ts';
import type { WriteAnswer } from '../../connector.ts';
import { actingUser, type Siebel } from '../siebel.ts';
import { activityNames } from './activity-map.ts';
import { slotFault, type View } from './appointment.ts';
import { attendeeDelta, ownerOf, type AttendeeChange } from './attendees.ts';
import type { AppointmentUpdate, Change } from './change.ts';
import { mergedNotes, seriesNotes } from './draft.ts';
import { ownerFor, type Known } from './owner.ts';
import type { ActivityRecord } from './record.ts';
import { seriesPlanOf, type SeriesPlan } from './series-plan.ts';
import { modIdValues, todayIn, viewOf } from './sighting.ts';
import { fanWrites } from './update-fan.ts';
import { oneWrites } from './update-one.ts';
import { waysOf } from './ways.ts';
import type { Plan } from './write-plan.ts';

/** The activities to write for a changed appointment, in whatever form it is held now and is to be held. */
export function appointmentPlan(
  siebel: Siebel,
  request: AppointmentUpdate,
  { record, known }: Readonly<{ record: ActivityRecord; known: Known }>,
): Plan | WriteAnswer {
  const owning = owningOf(request, record, known);
  if ('outcome' in owning) return owning;
  const view = viewOf(siebel, owning.login, known.people);
  const change = changeOf(siebel, request, { record, known, view, owning });
  if (change.series.form === 'none') return refusalOf(change.series.because, 'recurrence');
  const fault = change.fields.includes('timeSlot')
    ? slotFault(request.item.timeSlot, view.zones.owner)
    : null;
  if (fault !== null) return refusalOf(fault, 'timeSlot');
  const isFan = change.series.form === 'fan';
  const rows = isFan ? fanWrites(change, change.series) : oneWrites(change, change.series);
  const [first, ...rest] = rows.writes;
  const isChanged = first !== undefined && record.form === 'one' && Object.keys(first.values).length > 0;
  const versioned = isChanged
    ? { ...first, values: { ...first.values, ...modIdValues(siebel, request.version) } }
    : first;
  return {
    asUser: actingUser(siebel, request.holder),
    ...rows,
    writes: versioned === undefined ? [] : [versioned, ...rest],
    notes: mergedNotes([
      ...rows.notes,
      ...owning.notes,
      ...(change.isReplanned ? seriesNotes(change.series) : []),
    ]),
    item: request.item,
    record,
  };
}

type Owning = Readonly<{ login: AttendeeChange['owner']; isNew: boolean; notes: readonly FieldNote[] }>;

/** Who owns it from now on. An organizer who is no employee cannot, and the owner stays. */
function owningOf(
  { fields, item, holder }: AppointmentUpdate,
  { main }: ActivityRecord,
  known: Known,
): Owning | WriteAnswer {
  const current = ownerOf(main);
  if (!fields.includes('organizer') || item.organizer === null)
    return { login: current, isNew: false, notes: [] };
  const found = ownerFor({ item, holder }, null, known);
  if ('owner' in found) return { login: found.owner.login, isNew: found.owner.login !== current, notes: [] };
  return {
    login: current,
    isNew: false,
    notes: [noteOf('organizer', 'refused', found.because)],
  };
}

function changeOf(
  siebel: Siebel,
  request: AppointmentUpdate,
  context: Readonly<{ record: ActivityRecord; known: Known; view: View; owning: Owning }>,
): Change {
  const { record, known, view, owning } = context;
  const { item, before, list } = request;
  // Whole days begin when the owner's do, so they move with the owner.
  const isMoved = owning.isNew && item.timeSlot?.isAllDay === true;
  const fields = isMoved ? [...new Set<FieldName>([...request.fields, 'timeSlot'])] : request.fields;
  const isAsked = fields.includes('recurrence') || (fields.includes('timeSlot') && item.recurrence !== null);
  const isOtherRule = isAsked && JSON.stringify(ruleOf(before)) !== JSON.stringify(ruleOf(item));
  // What Siebel repeats by itself needs no window, whatever rule of its own it repeats by.
  const isReplanned = isOtherRule || (isAsked && record.form === 'fan');
  const delta = request.fields.includes('attendees') ? attendeeDelta(before, item) : { joined: [], left: [] };
  return {
    request,
    record,
    view,
    known,
    fields,
    common: owning.isNew && owning.login !== null ? { [activityNames.owner]: owning.login } : {},
    guests: { ...delta, list, owner: owning.login },
    series: seriesOf(siebel, { item, record, isReplanned, view }),
    isReplanned,
    today: todayIn(siebel, view.zones.owner),
    isOtherRule,
  };
}

/** As planned anew, or in the form in which it is held. */
function seriesOf(
  siebel: Siebel,
  {
    item,
    record,
    isReplanned,
    view,
  }: Readonly<{ item: Appointment; record: ActivityRecord; isReplanned: boolean; view: View }>,
): SeriesPlan {
  const ways = waysOf(siebel, view);
  if (isReplanned) return seriesPlanOf(item, ways);
  if (record.form === 'one' && Object.keys(item.exceptions).length > 0 && !ways.keepsExceptions) {
    return seriesPlanOf(item, ways);
  }
  return record.form === 'fan' ? { form: 'fan', days: [], horizon: '' } : { form: 'single' };
}

function ruleOf({ recurrence, timeSlot }: Appointment) {
  return [recurrence, timeSlot];
}
