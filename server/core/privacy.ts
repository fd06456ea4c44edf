import { emptyAppointment, type Appointment, type OccurrenceException } from '../../shared/appointment.ts';
import { isAppointment } from '../../shared/item.ts';
import type { Policy } from '../../shared/policy.ts';
import type { Item, Snapshot } from './snapshot.ts';

/**
 * What else is known of an appointment: the copy as it was last agreed, the record as Siebel shows it, and whether it is the
 * person's own there.
 */
export type Surroundings = Readonly<{
  policy: Policy;
  base: Snapshot;
  siebel: Item | null;
  isOwner: boolean;
}>;

/**
 * Whether Siebel is to hold no more of a private appointment of Outlook than that its owner is busy. What is private because
 * Siebel says so is there already, for its owner alone: it keeps its words.
 */
export function isMasked(item: Item, around: Surroundings): item is Appointment {
  const { policy, base, siebel } = around;
  const { maskedSubject } = policy.domains.appointment;
  if (!isAppointment(item) || !isKeptBack(item, policy) || isHushed(item, around)) return false;
  const known = base.state === 'present' && isAppointment(base.item) ? base.item : null;
  if (known?.isPrivate === true) return known.copy?.isMasked === true;
  return siebel === null || !siebel.isPrivate || (isAppointment(siebel) && siebel.subject === maskedSubject);
}

/**
 * Whether a copy says nothing to Siebel: its holder made private what is somebody else's there. That one keeps its words for
 * everybody else, and nothing that is written into the copy leaves it.
 */
export function isHushed(item: Item, { policy, siebel, isOwner }: Surroundings): boolean {
  return siebel !== null && !isOwner && isAppointment(item) && isKeptBack(item, policy);
}

function isKeptBack({ isPrivate }: Appointment, { domains }: Policy): boolean {
  return isPrivate && domains.appointment.privateItems !== 'carry';
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
