import type { Recurrence } from './recurrence.ts';

/**
 * When it takes place. A timed slot is wall time in a zone (IANA), so that a series keeps its hour when the clocks change; an
 * all-day one is dates without a zone, its end the first day that is not part of it, as in iCalendar and Graph.
 */
export type TimeSlot =
  | Readonly<{ isAllDay: false; start: string; end: string; zone: string }>
  | Readonly<{ isAllDay: true; start: string; end: string }>;

/** Somebody a meeting is with, known by an address in lower case. `login`: their Siebel login, where it is known. */
export type Participant = Readonly<{ address: string; name: string | null; login: string | null }>;

export type AttendeeResponse = 'none' | 'accepted' | 'tentative' | 'declined';

/** `response` is Exchange's and stays there; who declined counts as not attending. */
export type Attendee = Participant &
  Readonly<{ type: 'required' | 'optional' | 'resource'; response: AttendeeResponse }>;

/** One occurrence of a series that is not as the rule says: cancelled, or with its own time and words. */
export type OccurrenceException =
  | Readonly<{ isCancelled: true }>
  | Readonly<{
      isCancelled: false;
      subject: string | null;
      body: string | null;
      location: string | null;
      timeSlot: TimeSlot;
    }>;

export const showAsValues = ['free', 'tentative', 'busy', 'oof', 'workingElsewhere', 'unknown'] as const;
export type ShowAs = (typeof showAsValues)[number];

export type Importance = 'low' | 'normal' | 'high';

/**
 * An appointment, a meeting or a whole series as both sides agree on it: plain data, no ids, as rich as the richest side.
 * Absent is `null`; an empty string never occurs.
 */
export type Appointment = Readonly<{
  subject: string | null;
  /** Plain text, lines separated by `\n`. */
  body: string | null;
  location: string | null;
  /** Of a series: its first occurrence. */
  timeSlot: TimeSlot | null;
  showAs: ShowAs | null;
  isPrivate: boolean;
  importance: Importance | null;
  /** `null`: no reminder. */
  reminderMinutesBeforeStart: number | null;
  /** Siebel's activity type; Outlook knows it as a category of that name. */
  activityType: string | null;
  /** Outlook categories without the ones that carry the mark; sorted, no duplicates ignoring case. */
  categories: readonly string[];
  /** Siebel's owner, Outlook's organizer. */
  organizer: Participant | null;
  /** Everybody else; sorted by address. Siebel: employees and contacts. */
  attendees: readonly Attendee[];
  recurrence: Recurrence | null;
  /** By the day (`YYYY-MM-DD`, in the series' zone) on which the occurrence would begin by the rule. */
  exceptions: Readonly<Record<string, OccurrenceException>>;
  /** What only a mailbox says of its copy; `null` in Siebel. No field: it is never written. */
  copy: MailboxCopy | null;
}>;

/**
 * `isOrganizer`: the mailbox may change the meeting for everybody. An attendee's copy is Exchange's to keep. `isMasked` is
 * our own note: the copy is private, and what is remembered of it is no more than Siebel may know. `hiddenGuests` are those
 * whom a change of a masked copy would mail.
 */
type MailboxCopy = Readonly<{
  isOrganizer: boolean;
  isOnlineMeeting: boolean;
  isCancelled: boolean;
  isMasked?: true;
  hiddenGuests?: readonly Attendee[];
}>;

/** A field of its own, or one occurrence of a series by its original day. */
export type AppointmentField = Exclude<keyof Appointment, 'exceptions' | 'copy'> | `occurrence.${string}`;

export const emptyAppointment: Appointment = {
  subject: null,
  body: null,
  location: null,
  timeSlot: null,
  showAs: null,
  isPrivate: false,
  importance: null,
  reminderMinutesBeforeStart: null,
  activityType: null,
  categories: [],
  organizer: null,
  attendees: [],
  recurrence: null,
  exceptions: {},
  copy: null,
};

/** Every field a policy may switch, in the order in which people read an appointment. */
export const appointmentFields = Object.keys(emptyAppointment).filter(isOwnField);

function isOwnField(name: string): name is Exclude<keyof Appointment, 'exceptions' | 'copy'> {
  return name !== 'exceptions' && name !== 'copy' && name in emptyAppointment;
}
