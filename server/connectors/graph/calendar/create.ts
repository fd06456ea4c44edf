import { appointmentFields, type Appointment } from '../../../../shared/appointment.ts';
import { hasOccurrences } from '../../../../shared/occurrences.ts';
import { refusalOf } from '../../../core/note.ts';
import type { CreateRequest, WriteAnswer } from '../../connector.ts';
import { stampId } from '../extended.ts';
import { categoriesToWrite } from '../marks.ts';
import type { Outlook } from '../read.ts';
import { rowFrom, segment, type GraphPatch } from '../wire.ts';
import { graphFromAttendee, isComing } from './attendees.ts';
import { textBodies } from './body.ts';
import { asAppointment, graphFromAppointment } from './event.ts';
import { find } from './find.ts';
import { writeOccurrences } from './occurrences.ts';
import { isCode, outcomeFrom } from './outcome.ts';
import { answered, withRead, type Stored, type Written } from './written.ts';

/**
 * Makes events in the default calendar, each with its stamp in the same request. Exchange invites whoever is among the
 * attendees, and there is no way to be silent (facts/graph.md 5.5). The stamp is the transaction id too, so that a request that
 * is repeated makes no second event.
 */
export async function create(
  outlook: Outlook,
  requests: readonly CreateRequest[],
): Promise<readonly WriteAnswer[]> {
  return withRead(outlook, await Promise.all(requests.map((request) => createOne(outlook, request))));
}

async function createOne(outlook: Outlook, request: CreateRequest): Promise<Written> {
  const { holder } = request;
  const item = asAppointment(request.item);
  if (item.timeSlot === null) return answered(noTime);
  if (item.recurrence !== null && !hasOccurrences(item.recurrence, item.timeSlot.start.slice(0, 10)))
    return answered(noOccurrence);
  const stored = await post(outlook, request);
  if (!('row' in stored)) return answered(stored);
  const { row } = stored;
  const days = item.recurrence === null ? [] : Object.keys(item.exceptions);
  if (days.length === 0) return { is: 'written', holder, row, notes: [] };
  const { failure, notes } = await writeOccurrences(outlook, { holder, ref: row.id, item, days });
  return failure === null ? { is: 'written', holder, row, notes } : answered(unfinished(failure));
}

const noTime: WriteAnswer = refusalOf({ code: 'noPlaceWithoutTime' }, 'timeSlot');

const noOccurrence: WriteAnswer = refusalOf({ code: 'noPlaceForSeries' }, 'recurrence');

/** The series is there, its exceptions are not yet: whoever comes back finds it by its stamp and goes on from there. */
function unfinished(failure: WriteAnswer): WriteAnswer {
  const reason = 'A series was made and somebody changed it before its exceptions were written';
  return failure.outcome === 'unreachable'
    ? failure
    : { outcome: 'unreachable', reason: `${reason}; it is looked at again.`, afterMs: null, reach: 'item' };
}

async function post(outlook: Outlook, request: CreateRequest): Promise<Stored | WriteAnswer> {
  const mailbox = request.holder.userId;
  const answer = await outlook.client.request({
    mailbox,
    method: 'POST',
    path: `/users/${segment(mailbox)}/events`,
    body: bodyOf(request),
    prefer: textBodies,
  });
  const row = answer.answer === 'response' && answer.status === 201 ? rowFrom(answer.body) : null;
  if (row !== null) {
    // The service does not echo extended properties.
    return { row: { ...row, singleValueExtendedProperties: [{ id: stampId, value: request.stamp }] } };
  }
  const made = isCode(answer, 'ErrorDuplicateTransactionId') ? await madeBefore(outlook, request) : null;
  return made ?? outcomeFrom(answer, outlook.client.nowMs(), appointmentFields);
}

/** A request of ours came through after all: the event that carries its stamp is the one. */
async function madeBefore(outlook: Outlook, { holder, stamp }: CreateRequest): Promise<WriteAnswer | null> {
  const [found] = await find(outlook, [{ by: 'stamp', domain: 'appointment', holder, stamp }]);
  if (found?.answer !== 'found') return null;
  const [now] = found.sightings;
  return now === undefined ? null : { outcome: 'done', now, notes: [] };
}

function bodyOf({ item, holder, stamp, kind, transactionId }: CreateRequest): GraphPatch {
  const appointment = asAppointment(item);
  const marks = holder.marks.appointment;
  const attendees = appointment.attendees.filter(isComing).map(graphFromAttendee);
  return {
    ...graphFromAppointment(fieldsOf(appointment), appointment),
    categories: categoriesToWrite(appointment.categories, [], { mark: true, kind, marks }),
    ...(attendees.length === 0 ? {} : { attendees }),
    transactionId: transactionId ?? stamp,
    singleValueExtendedProperties: [{ id: stampId, value: stamp }],
  };
}

/** What is absent need not be sent to something new; but without being told Exchange would remind a quarter of an hour before. */
function fieldsOf(item: Appointment): readonly (typeof appointmentFields)[number][] {
  return appointmentFields.filter((field) => {
    const value = item[field];
    return field === 'reminderMinutesBeforeStart' || (value !== null && value !== false);
  });
}
