import { emptyAppointment, type Appointment, type OccurrenceException } from '../../shared/appointment.ts';
import { isAppointment } from '../../shared/item.ts';
import type { Policy } from '../../shared/policy.ts';
import type { Item, Snapshot } from './snapshot.ts';

/** What else is known of an appointment: the copy as it was last agreed, and the record as Siebel shows it. */
export type Surroundings = Readonly<{ policy: Policy; base: Snapshot; siebel: Item | null }>;

/**
 * Whether Siebel is to hold no more of a private appointment of Outlook than that its owner is busy. What is private because
 * Siebel says so is there already, for its owner alone: it keeps its words.
 */
export function isMasked(item: Item, { policy, base, siebel }: Surroundings): item is Appointment {
  const { privateItems, maskedSubject } = policy.domains.appointment;
  if (!isAppointment(item) || !item.isPrivate || privateItems === 'carry') return false;
  const known = base.state === 'present' && isAppointment(base.item) ? base.item : null;
  if (known?.isPrivate === true) return known.copy?.isMasked === true;
  return siebel === null || !siebel.isPrivate || (isAppointment(siebel) && siebel.subject === maskedSubject);
}

/** A private appointment as Siebel may see it: when, and whose, and nothing else. */
export function maskedItem(item: Appointment, { domains }: Policy): Appointment {
  const { timeSlot, showAs, organizer, attendees, recurrence, exceptions, copy } = item;
  const subject = domains.appointment.maskedSubject;
  return {
    ...emptyAppointment,
    subject,
    timeSlot,
    showAs,
    isPrivate: true,
    organizer,
    recurrence,
    exceptions: Object.fromEntries(
      Object.entries(exceptions).map(([day, exception]) => [day, maskedOccurrence(exception, subject)]),
    ),
    copy: copy && { ...copy, isMasked: true, hiddenGuests: copy.hiddenGuests ?? attendees },
  };
}

function maskedOccurrence(exception: OccurrenceException, subject: string): OccurrenceException {
  if (exception.isCancelled) return exception;
  return { isCancelled: false, subject, body: null, location: null, timeSlot: exception.timeSlot };
}
