import type { Appointment } from '../../../../shared/appointment.ts';
import type { Reason } from '../../../../shared/reason.ts';
import type { Failure, Holder } from '../../connector.ts';
import type { Login } from '../../directory.ts';
import { loginFrom } from '../names.ts';
import type { Siebel } from '../siebel.ts';
import { attendeeDelta } from './attendees.ts';
import { directoryFor, peopleByLogin, type Directory, type People } from './people.ts';
import { readWithinMs, writeWithinMs, type Person } from './people-memory.ts';

/** Everybody a group of writes is about. */
export type Known = Readonly<{ people: People; directory: Directory }>;

export type Wanted = Readonly<{
  /** The holder's own login needs no look at their address. */
  holder: Holder | null;
  item: Appointment;
  before: Appointment | null;
  /** Whether the organizer is written at all. */
  isOwned: boolean;
  /** The owner so far, and whoever stands in for one. */
  logins: readonly Login[];
}>;

/** Looks up all of them at once: owners, and the attendees who come. */
export async function knownFor(siebel: Siebel, wanted: readonly Wanted[]): Promise<Known | Failure> {
  const logins = wanted.flatMap(({ holder, item, before, isOwned, logins: own }) => [
    ...own,
    ...(holder === null ? [] : [holder.login]),
    ...(isOwned ? loginsIn([item.organizer]) : []),
    ...loginsIn(attendeeDelta(before, item).joined),
  ]);
  const addresses = wanted.flatMap(({ holder, item, before, isOwned }) => {
    const organizer = isOwned && item.organizer?.login === null ? [item.organizer] : [];
    const joined = attendeeDelta(before, item).joined.filter(({ login }) => login === null);
    const all = [...organizer, ...joined].map(({ address }) => address.toLowerCase());
    return all.filter((address) => address !== holder?.mailbox);
  });
  // Only somebody new as owner must still be there now; whose copy is written was seen lately.
  const withinMs = wanted.some(({ isOwned }) => isOwned) ? writeWithinMs : readWithinMs;
  const people = await peopleByLogin(siebel, logins, withinMs);
  if ('kind' in people) return people;
  const directory = await directoryFor(siebel, addresses);
  return 'kind' in directory
    ? directory
    : { people: withHolders(people, directory), directory: ownMailboxes(directory, wanted, people) };
}

export type OwnerAnswer = Readonly<{ owner: Person }> | Readonly<{ because: Reason }>;

/**
 * Who owns an appointment in Siebel: its organizer, by login or else by address; where the organizer is no employee,
 * whoever stands in.
 */
export function ownerFor(
  { item, holder }: Pick<Wanted, 'item' | 'holder'>,
  ownerIfUnknown: Login | null,
  { people, directory }: Known,
): OwnerAnswer {
  const { organizer } = item;
  const isOwn = organizer === null || organizer.address.toLowerCase() === holder?.mailbox;
  const own = isOwn && holder !== null ? people.get(holder.login) : undefined;
  const byLogin = organizer?.login == null ? undefined : people.get(loginFrom(organizer.login));
  const byAddress = directory.employees.get(organizer?.address.toLowerCase() ?? '');
  const owner = byLogin ?? own ?? byAddress;
  const substitute = ownerIfUnknown === null ? undefined : people.get(ownerIfUnknown);
  const chosen = owner?.isActive === true ? owner : (substitute ?? owner);
  if (chosen === undefined) return { because: { code: 'noOwner' } };
  return chosen.isActive ? { owner: chosen } : { because: { code: 'ownerLeft' } };
}

function loginsIn(participants: readonly (Readonly<{ login: string | null }> | null)[]): readonly Login[] {
  return participants.flatMap((one) => (one === null || one.login === null ? [] : [loginFrom(one.login)]));
}

function withHolders(people: People, { employees }: Directory): People {
  return new Map([...[...employees.values()].map((one) => [one.login, one] as const), ...people]);
}

/** A mailbox in step is its holder's, whatever address Siebel has for them. */
function ownMailboxes(directory: Directory, wanted: readonly Wanted[], people: People): Directory {
  const own = wanted.flatMap(({ holder }) => {
    const person = holder === null ? undefined : people.get(holder.login);
    return holder === null || person === undefined ? [] : [[holder.mailbox, person] as const];
  });
  return { ...directory, employees: new Map([...own, ...directory.employees]) };
}
