import type { Login, Sighting } from '../connector.ts';
import { sightingFromContact } from './contact.ts';
import { readFields } from './contact-map.ts';
import { sightingFromEmployee } from './employee.ts';
import type { Query } from './listing.ts';
import { equals, exists, isNotEmpty, type Spec } from './search-spec.ts';
import { contactChildren, employeeChildren, type Siebel } from './siebel.ts';
import type { Row } from './wire.ts';

/** What is handed out of Siebel: contacts, which include the personal ones, and employees. */
export type Listed = 'Contact' | 'Employee';

/** A query for whole records, with everything a sighting needs. */
export function wholeQuery(siebel: Siebel, component: Listed, spec: Spec | null): Query {
  const isContact = component === 'Contact';
  return {
    component,
    spec,
    sort: 'Id:asc',
    // Which fields an employee has differs from customer to customer; asking for all of them cannot fail.
    fields: isContact ? readFields(siebel.map) : null,
    children: isContact ? contactChildren(siebel.map) : employeeChildren(siebel.map),
    offset: 0,
    size: siebel.settings.pageSize,
    withTotal: false,
  };
}

/** The sighting of a row read whole; the row is kept at hand for a write that follows. */
export function sightingOf(siebel: Siebel, component: Listed, row: Row): Sighting {
  if (component === 'Employee') return sightingFromEmployee(row, siebel);
  const sighting = sightingFromContact(row, siebel.map);
  siebel.recent.keep(sighting.ref, sighting.version, row);
  return sighting;
}

/** Records that are on somebody's Sync List, or on the given person's; `null` where the customer has no such list. */
export function listedSpec(siebel: Siebel, component: Listed, login: Login | null): Spec | null {
  const { syncList, employeeSyncList } = siebel.map.children;
  const name = component === 'Contact' ? syncList : employeeSyncList;
  if (name === null) return null;
  const field = siebel.field(name);
  return exists(login === null ? isNotEmpty(field) : equals(field, login));
}
