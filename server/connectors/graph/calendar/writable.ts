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
    const reason = reasonAgainst(request, field);
    if (reason === null) fields.push(field);
    else notes.push({ field, what: 'notHeld', reason });
  }
  return { fields, notes };
}

function reasonAgainst(request: UpdateRequest, field: FieldName): string | null {
  const [item, before] = [asAppointment(request.item), asAppointment(request.before)];
  if (field === 'organizer') return 'Outlook does not hand a meeting over to another organizer.';
  if (before.copy?.isOrganizer === false && !everybodys.includes(field)) {
    return 'Only the organizer of the meeting can change it in Outlook.';
  }
  if (field === 'body' && before.copy?.isOnlineMeeting === true) {
    return 'The text of an online meeting holds the way into it and is left as it is.';
  }
  if (field === 'timeSlot' && item.timeSlot === null) return 'Outlook keeps no event without a time.';
  if (field === 'showAs' && (item.showAs === null || item.showAs === 'unknown')) {
    return 'Outlook always shows an event as something.';
  }
  return null;
}
