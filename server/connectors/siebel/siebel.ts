import type { Sighting } from '../connector.ts';
import type { Login } from '../directory.ts';
import { addressFieldNames } from './address.ts';
import { createSiebelClient, type SiebelClient } from './client.ts';
import {
  activityMapOf,
  activitySearchFields,
  withActivityLengths,
  type ActivityMap,
} from './activity/activity-map.ts';
import { createPeopleMemory, type PeopleMemory } from './activity/people-memory.ts';
import type { ActivityRecord } from './activity/record.ts';
import { contactMapOf, readFields, withLengths, type ContactMap } from './contact-map.ts';
import { createDescription, type Description } from './description.ts';
import { employeeFields, type EmployeeMap, employeeMapOf } from './employee-map.ts';
import { createRecent, type Recent } from './recent.ts';
import { searchFields, type SearchField } from './search-spec.ts';
import type { SiebelPolicy, SiebelSettings } from './settings.ts';
import type { Row } from './wire.ts';

/** What a connector remembers of this Siebel's ways; `null` until it has been seen. */
type Learned = { readsNested: boolean | null; writesNested: boolean | null };

/** One Siebel as the verbs of this connector use it. */
export type Siebel = Readonly<{
  settings: SiebelSettings;
  policy: SiebelPolicy;
  client: SiebelClient;
  map: ContactMap;
  employeeMap: EmployeeMap;
  /** The fields that may be searched. */
  field: (name: string) => SearchField;
  learned: Learned;
  description: Description;
  recent: Recent<Row>;
  activity: Readonly<{
    map: ActivityMap;
    description: Description;
    recent: Recent<ActivityRecord>;
    people: PeopleMemory;
  }>;
}>;

/** Opens a Siebel; sends nothing. What it answers follows the policy, everything else stays. */
export function openSiebel(settings: SiebelSettings): () => Siebel {
  const known = settings.nestedChildren === 'auto' ? null : settings.nestedChildren;
  const learned = { readsNested: known, writesNested: known };
  const client = createSiebelClient(settings);
  const recent = createRecent<Row>();
  const description = createDescription(client, 'Contact', settings);
  const activity = {
    description: createDescription(client, 'Action', settings),
    recent: createRecent<ActivityRecord>(),
    people: createPeopleMemory(settings.clock),
  };
  let siebel = underPolicy(settings.policy());
  return () => {
    const policy = settings.policy();
    if (policy !== siebel.policy) siebel = underPolicy(policy);
    return siebel;
  };

  function underPolicy(policy: SiebelPolicy): Siebel {
    const map = contactMapOf({ ...policy, children: settings.children });
    const employeeMap = employeeMapOf(policy.employeeFieldMap);
    const activityMap = activityMapOf(policy.activity, settings.activity);
    const field = searchFields([
      ...readFields(map),
      ...employeeFields(employeeMap),
      ...searchedFields(map),
      ...activitySearchFields,
    ]);
    const common = { settings, policy, client, field, learned };
    return { ...common, map, employeeMap, description, recent, activity: { ...activity, map: activityMap } };
  }
}

/**
 * The same for writes of fields: its map has the lengths of this very Siebel, so that a value that is too long is shortened
 * rather than refused. A Siebel that does not describe itself is taken to have the shipped lengths; `doctor` says so.
 */
export async function withOwnLengths(siebel: Siebel): Promise<Siebel> {
  const described = await siebel.description.known();
  return 'kind' in described ? siebel : { ...siebel, map: withLengths(siebel.map, described) };
}

/** The same for activities. */
export async function withOwnActivityLengths(siebel: Siebel): Promise<Siebel> {
  const { activity } = siebel;
  const described = await activity.description.known();
  if ('kind' in described) return siebel;
  return { ...siebel, activity: { ...activity, map: withActivityLengths(activity.map, described) } };
}

function searchedFields({ children }: ContactMap): readonly string[] {
  const lists = [children.syncList, children.employeeSyncList].filter((name) => name !== null);
  return [...lists, 'Sales Rep', 'Name', 'Location', 'Login Name', 'Employment Status'];
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
