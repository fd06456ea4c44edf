import type { Appointment, Attendee, Participant } from '../../shared/appointment.ts';
import { isAppointment, type Item } from '../../shared/item.ts';
import type { Employee, Login } from './directory.ts';
import { attending, withNamedExceptions } from './memory-fields.ts';

/** Who Siebel knows. */
export type Directory = Readonly<{
  employees: readonly Employee[];
  /** E-mail addresses of contacts, lower case. */
  contacts: ReadonlySet<string>;
  /** Whether series are kept as activities of their own, which do not tell their rule. */
  fansSeries: boolean;
}>;

/** An appointment as Siebel stores it: employees under their login, contacts, and nobody else. */
export function siebelsItem(item: Item, directory: Directory): Item {
  if (!isAppointment(item)) return item;
  const organizer = item.organizer && ownerIn(item.organizer, directory);
  const known = attending(item).flatMap((one) => attendeeIn(one, directory));
  const byAddress = new Map(known.map((one) => [one.address, one]));
  if (organizer !== null) byAddress.delete(organizer.address);
  const attendees = [...byAddress.values()].sort((one, other) => (one.address < other.address ? -1 : 1));
  const { recurrence, exceptions } = directory.fansSeries ? { recurrence: null, exceptions: {} } : item;
  return withNamedExceptions({ ...item, organizer, attendees, recurrence, exceptions, copy: null });
}

/** The employee somebody is, by login, else by address; `null` for everybody else. */
export function employeeFor(one: Participant, { employees }: Directory): Employee | null {
  const isSame = (employee: Employee) =>
    one.login === null
      ? employee.email?.toLowerCase() === one.address.toLowerCase()
      : employee.login.toUpperCase() === one.login.toUpperCase();
  return employees.find(isSame) ?? null;
}

/** An appointment owned by that login. */
export function ownedBy(item: Appointment, login: Login): Appointment {
  return { ...item, organizer: { address: login.toLowerCase(), name: null, login } };
}

function ownerIn(organizer: Participant, directory: Directory): Participant {
  const employee = employeeFor(organizer, directory);
  return employee === null ? organizer : participantOf(employee);
}

function attendeeIn(one: Attendee, directory: Directory): readonly Attendee[] {
  const employee = employeeFor(one, directory);
  const as = { type: 'required', response: 'none' } as const;
  if (employee !== null) return [{ ...participantOf(employee), ...as }];
  const address = one.address.toLowerCase();
  return directory.contacts.has(address) ? [{ address, name: null, login: null, ...as }] : [];
}

function participantOf({ login, email }: Employee): Participant {
  return { address: (email ?? login).toLowerCase(), name: null, login };
}
