import type { Sighting } from '../connector.ts';
import type { Login } from '../directory.ts';
import { activityReadFields } from './activity/activity-map.ts';
import { sightingFromContact } from './contact.ts';
import { readFields, type ContactMap } from './contact-map.ts';
import { sightingFromEmployee } from './employee.ts';
import type { Query } from './listing.ts';
import { equals, exists, isNotEmpty, type Spec } from './search-spec.ts';
import { contactChildren, employeeChildren, type Siebel } from './siebel.ts';
import type { Row } from './wire.ts';

/** What is handed out of Siebel: contacts, which include the personal ones, and employees. */
export type Listed = 'Contact' | 'Employee';

/** Whatever is read whole, with its children. */
export type Whole = Listed | 'Action';

/** A query for whole records, with everything a sighting needs. */
export function wholeQuery(siebel: Siebel, component: Whole, spec: Spec | null): Query {
  const isContact = component === 'Contact';
  if (component === 'Action') return { ...queryOf(siebel, component, spec), ...activityParts(siebel) };
  return {
    ...queryOf(siebel, component, spec),
    // Which fields an employee has differs from customer to customer; asking for all of them cannot fail.
    fields: isContact ? readFields(siebel.map) : null,
    children: isContact ? contactChildren(siebel.map) : employeeChildren(siebel.map),
  };
}

function queryOf(siebel: Siebel, component: Whole, spec: Spec | null) {
  const { pageSize } = siebel.settings;
  return { component, spec, sort: 'Id:asc', offset: 0, size: pageSize, withTotal: false } as const;
}

function activityParts({ settings, map, activity }: Siebel): Pick<Query, 'fields' | 'children'> {
  const { children, exceptionField } = settings.activity;
  const mails = contactMails(map);
  return {
    fields: activityReadFields(activity.map),
    children: {
      [children.employee]: ['Id', 'Login Name', 'First Name', 'Last Name', 'EMail Addr'],
      [children.contact]: ['Id', 'First Name', 'Last Name', ...mails],
      ...(children.exception === null ? {} : { [children.exception]: ['Id', exceptionField] }),
    },
  };
}

/** The fields of a contact that hold its e-mail addresses, the first one first. */
export function contactMails(map: ContactMap): readonly string[] {
  return (['email1', 'email2', 'email3'] as const).flatMap((field) => {
    const column = map.columns[field];
    return 'name' in column ? [column.name] : [];
  });
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
