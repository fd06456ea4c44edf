import { emptyAppointment, type Appointment } from '../../shared/appointment.ts';
import { emptyContact, type Contact } from '../../shared/contact.ts';
import type { Domain } from '../../shared/domain.ts';
import type { Item, ItemKind } from '../../shared/item.ts';
import { emptyTask } from '../../shared/task.ts';
import type { Holder } from '../../server/connectors/connector.ts';

/** Items of one domain for the contract suite, and changes of them. */
export type Sample = Readonly<{
  domain: Domain;
  kind: ItemKind;
  /** An item like no other of the same run. */
  make: (number: number) => Item;
  /** Several fields at once, some of them blank. */
  rewrite: Partial<Item>;
  /** A text a person may change by hand. */
  word: (text: string) => Partial<Item>;
  /** Another text. */
  other: (text: string) => Partial<Item>;
}>;

/** A contact like no other of the same run. */
export function person(number: number): Contact {
  return {
    ...emptyContact,
    firstName: `Maria ${number}`,
    lastName: `Lopez ${number}`,
    title: 'Dr.',
    jobTitle: 'Buyer',
    email1: `maria.lopez.${number}@example.com`,
    mobilePhone: '+1 555 0100',
    homeStreet: '1 Main Street',
    homeCity: 'Springfield',
    homePostalCode: '12345',
    birthday: '1980-02-29',
    notes: 'Met in May.\nLikes tea.',
  };
}

export const contactSample: Sample = {
  domain: 'contact',
  kind: 'business',
  make: person,
  rewrite: {
    lastName: 'Lopez-Vega',
    mobilePhone: null,
    homeStreet: '7 High Street\nFloor 2',
    notes: null,
  },
  word: (text) => ({ jobTitle: text }),
  other: (text) => ({ nickname: text }),
};

/** An appointment like no other of the same run, on a day of its own. */
export function visit(number: number): Appointment {
  const day = Temporal.PlainDate.from('2026-03-01').add({ days: number }).toString();
  return {
    ...emptyAppointment,
    subject: `Visit ${number}`,
    body: 'Bring the samples.\nAsk for Kim.',
    location: 'Ulm',
    timeSlot: { isAllDay: false, start: `${day}T09:00:00`, end: `${day}T10:30:00`, zone: 'UTC' },
    showAs: 'busy',
    importance: 'high',
    reminderMinutesBeforeStart: 30,
    categories: ['Golf'],
  };
}

export const appointmentSample: Sample = {
  domain: 'appointment',
  kind: 'appointment',
  make: visit,
  rewrite: {
    subject: 'Long visit',
    body: null,
    timeSlot: {
      isAllDay: false,
      start: '2026-06-01T08:00:00',
      end: '2026-06-01T18:00:00',
      zone: 'UTC',
    },
    reminderMinutesBeforeStart: null,
    isPrivate: true,
    importance: 'normal',
  },
  word: (text) => ({ location: text }),
  other: (text) => ({ subject: text }),
};

export const taskSample: Sample = {
  domain: 'task',
  kind: 'task',
  make: (number) => ({
    ...emptyTask,
    subject: `Call ${number}`,
    body: 'About the offer.\nBefore noon.',
    status: 'notStarted',
    importance: 'normal',
    dueDate: Temporal.PlainDate.from('2026-12-01').add({ days: number }).toString(),
  }),
  rewrite: { body: null, status: 'inProgress', importance: 'high', dueDate: '2027-01-31' },
  word: (text) => ({ subject: text }),
  other: (text) => ({ body: text }),
};

/** The marks a mailbox writes with the shipped policy. */
export const shippedMarks: Holder['marks'] = {
  contact: { write: 'Siebel Contact', accept: ['Siebel Contact'], employee: 'Employee' },
  appointment: { write: 'Siebel Calendar', accept: ['Siebel Calendar'], employee: null },
  task: { write: 'Siebel Task', accept: ['Siebel Task'], employee: null },
};
