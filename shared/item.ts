import type {
  Appointment,
  AppointmentField,
  Attendee,
  OccurrenceException,
  Participant,
  TimeSlot,
} from './appointment.ts';
import { contactKinds, type Contact, type ContactField } from './contact.ts';
import type { Domain } from './domain.ts';
import type { Recurrence } from './recurrence.ts';
import type { Task, TaskField } from './task.ts';

/** What is kept in step, of whatever domain. */
export type Item = Contact | Appointment | Task;
export type ItemField = ContactField | AppointmentField | TaskField;

/** What a field can hold. Blank is `null`, `false` and the empty list; an empty string never occurs. */
export type ItemValue =
  | string
  | number
  | boolean
  | readonly (string | Attendee)[]
  | Participant
  | TimeSlot
  | Recurrence
  | OccurrenceException
  | null;

/** A domain, and of contacts which sort: Siebel keeps contacts and employees apart. */
export const itemKinds = [...contactKinds, 'appointment', 'task'] as const;
export type ItemKind = (typeof itemKinds)[number];

export const domainOfKind: Readonly<Record<ItemKind, Domain>> = {
  business: 'contact',
  personal: 'contact',
  employee: 'contact',
  appointment: 'appointment',
  task: 'task',
};

export function isAppointment(item: Item): item is Appointment {
  return 'timeSlot' in item;
}

export function isTask(item: Item): item is Task {
  return 'dueDate' in item;
}

export function isContact(item: Item): item is Contact {
  return 'firstName' in item;
}

export function domainOf(item: Item): Domain {
  if (isAppointment(item)) return 'appointment';
  return isTask(item) ? 'task' : 'contact';
}
