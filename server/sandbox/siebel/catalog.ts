import { account } from './components/account.ts';
import { businessAddress, personalAddress } from './components/address.ts';
import { contact } from './components/contact.ts';
import { employee } from './components/employee.ts';
import { listOfValues } from './components/list-of-values.ts';
import { organization, position } from './components/position.ts';
import { fail } from './errors.ts';
import type { Component, Field, RelationDefinition } from './metadata.ts';

/** Every component of the repository; a new business object is a new table file and a line here. */
export const components: readonly Component[] = [
  contact,
  account,
  employee,
  position,
  organization,
  personalAddress,
  businessAddress,
  listOfValues,
];

export const relations: readonly RelationDefinition[] = [
  { name: 'contact-account', left: 'Contact', right: 'Account', primary: 'Account Id' },
  { name: 'contact-position', left: 'Contact', right: 'Position', primary: 'Primary Position Id' },
  {
    name: 'contact-organization',
    left: 'Contact',
    right: 'Organization',
    primary: 'Primary Organization Id',
  },
  { name: 'contact-sync-list', left: 'Contact', right: 'Employee', primary: null },
  {
    name: 'contact-personal-address',
    left: 'Contact',
    right: 'Personal Address',
    primary: 'Primary Personal Address Id',
  },
  {
    name: 'contact-business-address',
    left: 'Contact',
    right: 'Business Address',
    primary: 'Primary Address Id',
  },
  { name: 'employee-position', left: 'Employee', right: 'Position', primary: 'Primary Position Id' },
  { name: 'employee-sync-list', left: 'Employee', right: 'Employee', primary: null },
];

const byName = new Map(components.map((component) => [component.name, component]));
const fieldsByName = new Map(
  components.map((component) => [component.name, new Map(component.fields.map((f) => [f.name, f]))]),
);
const fieldsBySearchName = new Map(
  components.map((component) => [component.name, new Map(component.fields.map((f) => [f.searchName, f]))]),
);

/** The component of that name; our own tables name no other, so a missing one is a mistake in them. */
export function componentOf(name: string): Component {
  const found = byName.get(name);
  if (!found) throw new Error(`The catalogue has no component "${name}".`);
  return found;
}

/** The component an address names, or Siebel's refusal: object not exposed, component unknown below it. */
export function exposed(object: string, name: string): Component {
  if (!components.some((component) => component.object === object)) throw fail.objectNotEnabled(object);
  const found = byName.get(name);
  if (!found || found.object !== object) throw fail.unknownComponent(name, object);
  return found;
}

export function fieldOf(component: Component, name: string): Field | null {
  return fieldsByName.get(component.name)?.get(name) ?? null;
}

export function fieldOfSearch(component: Component, name: string): Field | null {
  return fieldsBySearchName.get(component.name)?.get(name) ?? null;
}
