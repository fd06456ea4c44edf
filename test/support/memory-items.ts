/* oxlint-disable typescript/no-unsafe-type-assertion -- a test names its own things */
import type { Appointment } from '../../shared/appointment.ts';
import { emptyContact, type Contact } from '../../shared/contact.ts';
import { isAppointment, isContact, isTask } from '../../shared/item.ts';
import type { Task } from '../../shared/task.ts';
import type { Login } from '../../server/connectors/directory.ts';
import type { Mailbox } from '../../server/connectors/memory-calendar.ts';
import type { MemoryRecord } from '../../server/connectors/memory-records.ts';
import { anAppointment, aTask, attendeesOf, colleague } from './appointments.ts';
import { addressOf } from './memory-sides.ts';
import type { MemoryWorld } from './memory-world.ts';

const nobody = { members: [], team: [], stamp: null };

/** Somebody makes a contact in Outlook. */
export function inOutlook(
  world: MemoryWorld,
  login: string,
  fields: Partial<Contact>,
  isMarked = true,
): MemoryRecord {
  const item = { ...emptyContact, ...fields };
  const personId = mailboxOf(world, login).personId;
  return world.sides.rows.exchange.add({ item, kind: 'business', personId, isMarked, ...nobody });
}

/** Somebody makes a contact in Siebel, with these people on its Sync List and its team. */
export function inSiebel(
  world: MemoryWorld,
  members: readonly string[],
  fields: Partial<Contact>,
  team: readonly string[] = members,
): MemoryRecord {
  return world.sides.rows.siebel.add({
    item: { ...emptyContact, ...fields },
    kind: 'business',
    personId: null,
    isMarked: true,
    members: members as Login[],
    team: team as Login[],
    stamp: null,
  });
}

/** Somebody makes an appointment in their own calendar; whoever is on it is invited by Exchange. */
export function eventInOutlook(
  world: MemoryWorld,
  login: string,
  fields: Partial<Appointment>,
  isMarked = false,
): MemoryRecord {
  const item = anAppointment({ organizer: null, ...fields });
  return world.sides.calendar.make(
    { mailbox: mailboxOf(world, login), item, isMarked, stamp: null },
    'person',
  );
}

/** Somebody makes an appointment in Siebel, with these employees beside the owner. */
export function eventInSiebel(
  world: MemoryWorld,
  [owner, ...employees]: readonly [string, ...(readonly string[])],
  fields: Partial<Appointment>,
): MemoryRecord {
  const attendees = attendeesOf(employees.map(named));
  const item = anAppointment({ showAs: null, organizer: named(owner), attendees, ...fields });
  return world.sides.rows.siebel.add({
    item,
    kind: 'appointment',
    personId: null,
    isMarked: true,
    ...nobody,
  });
}

export function taskInOutlook(world: MemoryWorld, login: string, fields: Partial<Task>): MemoryRecord {
  const { personId } = mailboxOf(world, login);
  const record = { item: aTask(fields), kind: 'task', personId, isMarked: false, ...nobody } as const;
  return world.sides.rows.exchange.add(record);
}

export function taskInSiebel(world: MemoryWorld, owner: string, fields: Partial<Task>): MemoryRecord {
  const members = [owner as Login];
  const record = { item: aTask(fields), kind: 'task', personId: null, isMarked: true, members } as const;
  return world.sides.rows.siebel.add({ ...record, team: members, stamp: null });
}

/** An employee as Siebel names them. */
export function named(login: string): ReturnType<typeof colleague> {
  return { ...colleague(login), name: null };
}

export function mailboxOf(world: MemoryWorld, login: string): Mailbox {
  const personId = world.people.get(login);
  if (personId === undefined) throw new Error(`${login} is not mapped.`);
  return { personId, address: addressOf(login as Login) };
}

export function cardIn({ ref, item }: MemoryRecord): Contact {
  if (!isContact(item)) throw new Error(`${ref} is no contact.`);
  return item;
}

export function eventIn({ ref, item }: MemoryRecord): Appointment {
  if (!isAppointment(item)) throw new Error(`${ref} is no appointment.`);
  return item;
}

export function taskIn({ ref, item }: MemoryRecord): Task {
  if (!isTask(item)) throw new Error(`${ref} is no task.`);
  return item;
}

/** What people know it by. */
export function titleOf({ item }: Pick<MemoryRecord, 'item'>): string {
  return (isContact(item) ? item.firstName : item.subject) ?? '';
}
