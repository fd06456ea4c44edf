import type { Reason } from '../../../../shared/reason.ts';
import { noteOf } from '../../../core/note.ts';
import type { FieldName, FieldNote } from '../../../core/step.ts';
import type { UpdateRequest } from '../../connector.ts';
import { asAppointment } from './event.ts';

/** What everybody may change of a copy of a meeting; the rest is the organizer's (facts/graph.md 5.5). */
const everybodys: readonly FieldName[] = ['categories', 'showAs', 'reminderMinutesBeforeStart', 'isPrivate'];

/** The fields a mailbox may write to its copy of an event, and a note for each that it may not. */
export function writable(
  request: UpdateRequest,
): Readonly<{ fields: readonly FieldName[]; notes: readonly FieldNote[] }> {
  const fields: FieldName[] = [];
  const notes: FieldNote[] = [];
  for (const field of request.fields) {
    const because = reasonAgainst(request, field);
    if (because === null) fields.push(field);
    else notes.push(noteOf(field, 'notHeld', because));
  }
  return { fields, notes };
}

function reasonAgainst(request: UpdateRequest, field: FieldName): Reason | null {
  const [item, before] = [asAppointment(request.item), asAppointment(request.before)];
  if (field === 'organizer') return { code: 'organizerStays' };
  if (before.copy?.isOrganizer === false && !everybodys.includes(field)) {
    return { code: 'onlyOrganizer' };
  }
  if (field === 'body' && before.copy?.isOnlineMeeting === true) {
    return { code: 'onlineMeetingText' };
  }
  if (field === 'timeSlot' && item.timeSlot === null) return { code: 'needsTime' };
  if (field === 'showAs' && (item.showAs === null || item.showAs === 'unknown')) {
    return { code: 'alwaysShown' };
  }
  return null;
}
