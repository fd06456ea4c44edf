import type { Login, Sighting } from '../connector.ts';
import { addressFieldNames } from './address.ts';
import { createSiebelClient, type SiebelClient } from './client.ts';
import { contactMapOf, readFields, type ContactMap } from './contact-map.ts';
import { employeeFields, type EmployeeMap, employeeMapOf } from './employee-map.ts';
import { createRecentRows, type RecentRows } from './recent-rows.ts';
import { searchFields, type SearchField } from './search-spec.ts';
import type { SiebelSettings } from './settings.ts';

/** What a connector remembers of this Siebel's ways; `null` until it has been seen. */
export type Learned = { readsNested: boolean | null; writesNested: boolean | null };

/** One Siebel as the verbs of this connector use it. */
export type Siebel = Readonly<{
  settings: SiebelSettings;
  client: SiebelClient;
  map: ContactMap;
  employeeMap: EmployeeMap;
  /** The fields that may be searched. */
  field: (name: string) => SearchField;
  learned: Learned;
  recent: RecentRows;
}>;

export function openSiebel(settings: SiebelSettings): Siebel {
  const map = contactMapOf(settings);
  const employeeMap = employeeMapOf(settings.employeeFieldMap);
  const known = settings.nestedChildren === 'auto' ? null : settings.nestedChildren;
  return {
    settings,
    client: createSiebelClient(settings),
    map,
    employeeMap,
    field: searchFields([
      ...readFields(map),
      ...employeeFields(employeeMap),
      ...[map.children.syncList, map.children.employeeSyncList ?? map.children.syncList],
      ...['Sales Rep', 'Name', 'Location', 'Login Name', 'Employment Status'],
    ]),
    learned: { readsNested: known, writesNested: known },
    recent: createRecentRows(),
  };
}

/** The children a contact is read with, and which of their fields; an empty list means all of them. */
export function contactChildren(map: ContactMap): Readonly<Record<string, readonly string[]>> {
  const { syncList, position, homeAddress, businessAddress } = map.children;
  return {
    [syncList]: ['Id', 'Login Name'],
    [position]: ['Id', 'Name', 'Active Login Name'],
    ...(homeAddress === null ? {} : { [homeAddress]: addressFieldNames }),
    ...(businessAddress === null ? {} : { [businessAddress]: addressFieldNames }),
  };
}

/** The children an employee is read with. */
export function employeeChildren(map: ContactMap): Readonly<Record<string, readonly string[]>> {
  const { employeeSyncList } = map.children;
  return employeeSyncList === null ? {} : { [employeeSyncList]: ['Id', 'Login Name'] };
}

/** In whose name a write is sent: the person's where the gateway trusts us, else the service account's. */
export function actingUser(siebel: Siebel, holder: Readonly<{ login: Login }> | null): Login | null {
  return siebel.settings.trustedUserHeader === null ? null : (holder?.login ?? null);
}

/** View modes in which everything is seen, so that what is not found does not exist. */
export function seesAll(viewMode: string): boolean {
  return viewMode === 'All' || viewMode === 'Catalog';
}

export function rowIdOf(sighting: Pick<Sighting, 'ref'>): string {
  return sighting.ref.slice(sighting.ref.indexOf('/') + 1);
}
