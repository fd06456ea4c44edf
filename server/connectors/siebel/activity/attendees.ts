import type { Appointment, Attendee, Participant } from '../../../../shared/appointment.ts';
import type { Reason } from '../../../../shared/reason.ts';
import { noteOf } from '../../../core/note.ts';
import type { FieldNote } from '../../../core/step.ts';
import type { Holder } from '../../connector.ts';
import type { Login } from '../../directory.ts';
import type { SentChild } from '../batch.ts';
import { loginFrom } from '../names.ts';
import type { ActivitySettings } from '../settings.ts';
import { valueOf, type Row } from '../wire.ts';
import { activityNames } from './activity-map.ts';
import { nameOf, type Directory, type People } from './people.ts';

type Children = ActivitySettings['children'];

/** Who owns the activity; `null` where nobody does. */
export function ownerOf(row: Row): Login | null {
  const login = valueOf(row, activityNames.owner);
  return login === null ? null : loginFrom(login);
}

/** The owner as a participant: from the employees of the activity, else as Siebel knows them. */
export function organizerFrom(row: Row, people: People, { employee }: Children): Participant | null {
  const login = ownerOf(row);
  if (login === null) return null;
  const child = (row.children[employee] ?? []).find((one) => valueOf(one, 'Login Name') === login);
  const person = people.get(login);
  const address = (child === undefined ? null : addressIn(child, ['EMail Addr'])) ?? person?.address ?? null;
  // Without an address the login stands in for it, which is nobody's address but tells who it is.
  return {
    address: address ?? login.toLowerCase(),
    name: (child && nameOf(child)) ?? person?.name ?? null,
    login,
  };
}

/** Everybody but the owner who has an address, employees with their login, sorted by address. */
export function attendeesFrom(row: Row, children: Children, mails: readonly string[]): readonly Attendee[] {
  const owner = ownerOf(row);
  const employees = (row.children[children.employee] ?? [])
    .filter((one) => valueOf(one, 'Login Name') !== owner)
    .map((one) => ({ one, address: addressIn(one, ['EMail Addr']), login: valueOf(one, 'Login Name') }));
  const contacts = (row.children[children.contact] ?? []).map((one) => ({
    one,
    address: addressIn(one, mails),
    login: null,
  }));
  const byAddress = new Map<string, Attendee>();
  for (const { one, address, login } of [...employees, ...contacts]) {
    if (address === null || byAddress.has(address)) continue;
    const known = login === null ? null : loginFrom(login);
    byAddress.set(address, { address, name: nameOf(one), login: known, type: 'required', response: 'none' });
  }
  return [...byAddress.values()].toSorted((one, other) => (one.address < other.address ? -1 : 1));
}

/** The owner and all employees: the people the appointment is for. */
export function membersOf(row: Row, { employee }: Children): readonly Login[] {
  const logins = (row.children[employee] ?? []).flatMap((one) => valueOf(one, 'Login Name') ?? []);
  const owner = ownerOf(row);
  return [...new Set([...logins, ...(owner === null ? [] : [owner])])].toSorted().map(loginFrom);
}

/** Who attends: whoever declined does not. */
function attending({ attendees }: Appointment): readonly Attendee[] {
  return attendees.filter(({ response }) => response !== 'declined');
}

export type AttendeeWrites = Readonly<{
  adds: readonly SentChild[];
  drops: readonly Readonly<{ name: string; childId: string }>[];
  notes: readonly FieldNote[];
}>;

export type AttendeeChange = Readonly<{
  joined: readonly Attendee[];
  left: readonly Attendee[];
  list: Readonly<{ add: readonly Holder[]; drop: readonly Holder[] }>;
  /** The owner after the write, who is never put on or taken off. */
  owner: Login | null;
}>;

/** Who comes and who goes between two states of an item, by address. */
export function attendeeDelta(
  before: Appointment | null,
  item: Appointment,
): Pick<AttendeeChange, 'joined' | 'left'> {
  const had = before === null ? [] : attending(before);
  const wanted = attending(item);
  return { joined: without(wanted, had), left: without(had, wanted) };
}

/** The children to link and unlink; whoever is neither employee nor contact is not stored, and counted in one note. */
export function attendeeWrites(
  row: Row | null,
  { joined, left, list, owner }: AttendeeChange,
  known: Readonly<{ directory: Directory; people: People; children: Children; mails: readonly string[] }>,
): AttendeeWrites {
  const { children } = known;
  const adds = new Map<string, SentChild>();
  const present = presentIn(row, children);
  let unknown = 0;
  const put = (name: string, id: string, fields: SentChild['fields']) => {
    if (!present.has(`${name}/${id}`)) adds.set(`${name}/${id}`, { name, row: { Id: id }, fields });
  };
  for (const attendee of joined) {
    const found = foundOf(attendee, known);
    if (found === null) unknown += 1;
    else if (found.login === null || found.login !== owner) put(found.name, found.id, ['attendees']);
  }
  for (const { login, employeeId } of list.add) {
    if (login !== owner) put(children.employee, employeeId, []);
  }
  const drops = [
    ...left.flatMap((attendee) => droppedOf(row, attendee, { ...known, owner }) ?? []),
    ...list.drop.flatMap(({ login, employeeId }) =>
      login === owner ? [] : [{ name: children.employee, childId: employeeId }],
    ),
  ].filter(({ name, childId }) => !adds.has(`${name}/${childId}`));
  return { adds: [...adds.values()], drops, notes: unknown === 0 ? [] : [unknownNote(unknown)] };
}

function foundOf(
  { address, login }: Attendee,
  { directory, people, children }: Readonly<{ directory: Directory; people: People; children: Children }>,
): Readonly<{ name: string; id: string; login: Login | null }> | null {
  const named = login === null ? undefined : people.get(loginFrom(login));
  const employee = named ?? directory.employees.get(address.toLowerCase());
  if (employee !== undefined) return { name: children.employee, id: employee.id, login: employee.login };
  const contact = directory.contacts.get(address.toLowerCase());
  return contact === undefined ? null : { name: children.contact, id: contact, login: null };
}

function droppedOf(
  row: Row | null,
  { address, login }: Attendee,
  { children, mails, owner }: Readonly<{ children: Children; mails: readonly string[]; owner: Login | null }>,
): AttendeeWrites['drops'][number] | null {
  const employee = (row?.children[children.employee] ?? []).find((one) => {
    const theirs = valueOf(one, 'Login Name');
    return theirs !== owner && (theirs === login || hasAddress(one, address, ['EMail Addr']));
  });
  if (employee !== undefined) return { name: children.employee, childId: employee.id };
  const contact = (row?.children[children.contact] ?? []).find((one) => hasAddress(one, address, mails));
  return contact === undefined ? null : { name: children.contact, childId: contact.id };
}

function presentIn(row: Row | null, { employee, contact }: Children): ReadonlySet<string> {
  const names = [employee, contact];
  return new Set(names.flatMap((name) => (row?.children[name] ?? []).map(({ id }) => `${name}/${id}`)));
}

function without(list: readonly Attendee[], others: readonly Attendee[]): readonly Attendee[] {
  const addresses = new Set(others.map(({ address }) => address.toLowerCase()));
  return list.filter(({ address }) => !addresses.has(address.toLowerCase()));
}

function hasAddress(row: Row, address: string, names: readonly string[]): boolean {
  return names.some((name) => valueOf(row, name)?.trim().toLowerCase() === address.toLowerCase());
}

function addressIn(row: Row, names: readonly string[]): string | null {
  for (const name of names) {
    const address = valueOf(row, name)?.trim().toLowerCase();
    if (address !== undefined) return address;
  }
  return null;
}

function unknownNote(count: number): FieldNote {
  const because: Reason = count === 1 ? { code: 'oneUnknownGuest' } : { code: 'unknownGuests', count };
  return noteOf('attendees', 'notHeld', because);
}
