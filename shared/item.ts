import type { Appointment, AppointmentField } from './appointment.ts';
import type { Contact, ContactField, ContactKind } from './contact.ts';
import type { Domain } from './domain.ts';
import type { Task, TaskField } from './task.ts';

/** What is kept in step, of whatever domain. */
export type Item = Contact | Appointment | Task;
export type ItemField = ContactField | AppointmentField | TaskField;

/** A domain, and of contacts which sort: Siebel keeps contacts and employees apart. */
export type ItemKind = ContactKind | 'appointment' | 'task';

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
