import type { Failure, Holder } from '../connector.ts';
import type { Login } from '../directory.ts';
import type { SentChild } from './batch.ts';
import type { Trouble } from './errors.ts';
import { employees } from './employee.ts';
import type { Siebel } from './siebel.ts';
import type { Listed, Whole } from './sightings.ts';

/** Puts a person on a record's Sync List. Associating somebody who is on it already changes nothing. */
export function memberChild(siebel: Siebel, component: Listed, holder: Holder): SentChild | null {
  const name = listNameOf(siebel, component);
  return name === null ? null : { name, row: { Id: holder.employeeId }, fields: [] };
}

/** Puts a position on a contact's team, so that whoever holds it sees the contact among their own. */
export function positionChild(siebel: Siebel, positionId: string): SentChild {
  return { name: siebel.map.children.position, row: { Id: positionId }, fields: [] };
}

export type ChildCall = Readonly<{ component: Whole; id: string; asUser: Login | null }>;

/** Writes one child of one record; `null` when it is there now. */
export async function putChild(
  siebel: Siebel,
  { component, id, asUser }: ChildCall,
  child: SentChild,
): Promise<Trouble | null> {
  const path = [component, component, id, child.name];
  const written = await siebel.client.write({ method: 'PUT', path, body: child.row, asUser });
  return written.answer === 'trouble' ? written.trouble : null;
}

/** Takes a child off its record, never the far record itself; one that is gone already is as good. */
export async function dropChild(
  siebel: Siebel,
  { component, id, asUser }: ChildCall,
  { name, childId }: Readonly<{ name: string; childId: string }>,
): Promise<Trouble | null> {
  const path = [component, component, id, name, childId];
  const written = await siebel.client.write({ method: 'DELETE', path, body: null, asUser });
  return written.answer === 'trouble' && written.trouble.trouble !== 'gone' ? written.trouble : null;
}

export function listNameOf(siebel: Siebel, component: Listed): string | null {
  const { syncList, employeeSyncList } = siebel.map.children;
  return component === 'Contact' ? syncList : employeeSyncList;
}

/**
 * The first position of each person, by login. A record made by the service account has that account's position on its
 * team alone; one made in a person's own name gets theirs from Siebel, and nothing has to be looked up.
 */
export async function positionsOf(
  siebel: Siebel,
  holders: readonly Holder[],
): Promise<ReadonlyMap<Login, string> | Failure> {
  if (siebel.settings.trustedUserHeader !== null) return new Map();
  const logins = [...new Set(holders.map(({ login }) => login))];
  const found = await employees(siebel, logins);
  if ('kind' in found) return found;
  return new Map(
    logins.flatMap((login, index) => {
      const position = found[index]?.positions[0];
      return position === undefined ? [] : [[login, position.id] as const];
    }),
  );
}
