import {
  appointmentFields,
  showAsValues,
  type Appointment,
  type Importance,
} from '../../../../shared/appointment.ts';
import { isAppointment } from '../../../../shared/item.ts';
import type { Item } from '../../../core/snapshot.ts';
import type { FieldName } from '../../../core/step.ts';
import type { Holder, Sighting } from '../../connector.ts';
import { categoriesOf, markedAs, ownCategories } from '../marks.ts';
import { refOf, stampOf, versionOf } from '../names.ts';
import { objectFrom, textFrom, type GraphPatch, type GraphRow } from '../wire.ts';
import { graphFromIana } from '../zones.ts';
import { attendeesFromGraph, organizerFromGraph } from './attendees.ts';
import { graphFromBody, textFromBody } from './body.ts';
import { exceptionsFromGraph } from './exceptions.ts';
import { graphFromRecurrence, recurrenceFromGraph } from './recurrence.ts';
import { graphFromSlot, slotFromGraph, zoneFromGraph } from './time-slot.ts';

/**
 * An event of Outlook as the engine knows it. A series must have been read with its exceptions (`rows.ts`). The version of a
 * series is its master's: whatever becomes of an occurrence touches the master (facts/graph.md 2.4).
 */
export function sightingFromGraph(row: GraphRow, holder: Holder): Sighting {
  const { appointment } = holder.marks;
  return {
    ref: refOf(row),
    version: versionOf(row),
    item: appointmentFromGraph(row, holder),
    kind: 'appointment',
    isMarked: markedAs(categoriesOf(row), appointment) !== null,
    members: [],
    team: [],
    stamp: stampOf(row),
    uid: textFrom(row['iCalUId']),
  };
}

/** `""`, `null`, `{}` and a missing property all become `null`. */
export function appointmentFromGraph(row: GraphRow, holder: Pick<Holder, 'marks' | 'timeZone'>): Appointment {
  const zone = zoneFromGraph(row, holder);
  const recurrence = recurrenceFromGraph(row['recurrence']);
  const series = {
    subject: textFrom(row['subject']),
    body: textFromBody(row['body']),
    location: textFrom(objectFrom(row['location'])?.['displayName']),
    timeSlot: slotFromGraph(row, zone),
  };
  return {
    ...series,
    showAs: showAsValues.find((value) => value === row['showAs']) ?? null,
    isPrivate: isPrivate(row),
    importance: importances.find((value) => value === row['importance']) ?? null,
    reminderMinutesBeforeStart: reminderFrom(row),
    activityType: null,
    categories: ownCategories(categoriesOf(row), holder.marks.appointment),
    organizer: organizerFromGraph(row),
    attendees: attendeesFromGraph(row),
    recurrence,
    exceptions: recurrence === null ? {} : exceptionsFromGraph(row, series, zone),
    copy: {
      isOrganizer: row['isOrganizer'] !== false,
      isOnlineMeeting: row['isOnlineMeeting'] === true,
      isCancelled: row['isCancelled'] === true,
    },
  };
}

/**
 * The properties that bring `fields` to the values in `item`, and no others: everything else a PATCH carries may mail every
 * attendee (facts/graph.md 5.5). Categories and attendees are not among them, for they are lists that hold more than ours
 * (`marks.ts`, `attendees.ts`), nor are occurrences, which are events of their own (`occurrences.ts`).
 */
export function graphFromAppointment(fields: readonly FieldName[], item: Appointment): GraphPatch {
  const patch: Record<string, unknown> = {};
  for (const field of appointmentFields) {
    if (fields.includes(field)) Object.assign(patch, writers[field](item));
  }
  // A rule begins on the day of the first occurrence, so it moves with it.
  if (fields.includes('timeSlot') && item.recurrence !== null) Object.assign(patch, writers.recurrence(item));
  return patch;
}

/** An item sent to a calendar is an appointment; anything else is a mistake of ours. */
export function asAppointment(item: Item): Appointment {
  if (isAppointment(item)) return item;
  throw new Error('Something that is no appointment was sent to a calendar.');
}

type OwnField = (typeof appointmentFields)[number];

const writers = {
  subject: ({ subject }) => ({ subject: subject ?? '' }),
  body: ({ body }) => ({ body: graphFromBody(body) }),
  location: ({ location }) => ({ location: { displayName: location ?? '' } }),
  timeSlot: ({ timeSlot, recurrence }) =>
    timeSlot === null ? {} : { isAllDay: timeSlot.isAllDay, ...graphFromSlot(timeSlot, recurrence !== null) },
  // Exchange answers "unknown" and takes none.
  showAs: ({ showAs }) => (showAs === null || showAs === 'unknown' ? {} : { showAs }),
  isPrivate: (item) => ({ sensitivity: item.isPrivate ? 'private' : 'normal' }),
  importance: ({ importance }) => ({ importance: importance ?? 'normal' }),
  reminderMinutesBeforeStart: ({ reminderMinutesBeforeStart: minutes }) =>
    minutes === null
      ? { isReminderOn: false }
      : { isReminderOn: true, reminderMinutesBeforeStart: Math.max(0, minutes) },
  activityType: nothing,
  categories: nothing,
  organizer: nothing,
  attendees: nothing,
  recurrence: ({ recurrence, timeSlot }) => {
    if (recurrence === null || timeSlot === null) return { recurrence: null };
    const startDate = timeSlot.start.slice(0, 10);
    const timeZone = timeSlot.isAllDay ? 'UTC' : graphFromIana(timeSlot.zone);
    return { recurrence: graphFromRecurrence(recurrence, { startDate, timeZone }) };
  },
} as const satisfies Record<OwnField, (item: Appointment) => GraphPatch>;

function nothing(): GraphPatch {
  return {};
}

const importances: readonly Importance[] = ['low', 'normal', 'high'];

/** Private, personal and confidential all mean that it is to be kept from others. */
function isPrivate(row: GraphRow): boolean {
  const sensitivity = textFrom(row['sensitivity']);
  return sensitivity !== null && sensitivity !== 'normal';
}

function reminderFrom(row: GraphRow): number | null {
  const minutes = row['reminderMinutesBeforeStart'];
  return row['isReminderOn'] === true && typeof minutes === 'number' ? minutes : null;
}
