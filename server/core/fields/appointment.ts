import type { Appointment } from '../../../shared/appointment.ts';
import type { FieldRule } from './kind.ts';

/**
 * Every field of an appointment, in the order in which people read it; a field added to `Appointment` cannot be forgotten
 * here. Single occurrences of a series are fields too, named `occurrence.<day>`.
 */
export const appointmentRules = {
  subject: { kind: 'text' },
  body: { kind: 'note' },
  location: { kind: 'text' },
  timeSlot: { kind: 'slot' },
  showAs: { kind: 'choice' },
  isPrivate: { kind: 'flag' },
  importance: { kind: 'choice' },
  reminderMinutesBeforeStart: { kind: 'number' },
  activityType: { kind: 'text' },
  categories: { kind: 'set' },
  organizer: { kind: 'person' },
  attendees: { kind: 'people' },
  recurrence: { kind: 'rule' },
} as const satisfies Record<Exclude<keyof Appointment, 'exceptions' | 'copy'>, FieldRule>;
