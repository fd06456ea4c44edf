import { account } from './components/account.ts';
import { action, actionException } from './components/action.ts';
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
  action,
  actionException,
];

/** A link whose primary is no owner. */
function linkOf(
  name: string,
  left: string,
  right: string,
  primary: string | null = null,
): RelationDefinition {
  return { name, left, right, primary, isOwned: false };
}

export const relations: readonly RelationDefinition[] = [
  linkOf('contact-account', 'Contact', 'Account', 'Account Id'),
  linkOf('contact-position', 'Contact', 'Position', 'Primary Position Id'),
  linkOf('contact-organization', 'Contact', 'Organization', 'Primary Organization Id'),
  linkOf('contact-sync-list', 'Contact', 'Employee'),
  linkOf('contact-personal-address', 'Contact', 'Personal Address', 'Primary Personal Address Id'),
  linkOf('contact-business-address', 'Contact', 'Business Address', 'Primary Address Id'),
  linkOf('employee-position', 'Employee', 'Position', 'Primary Position Id'),
  linkOf('employee-sync-list', 'Employee', 'Employee'),
  {
    name: 'action-employee',
    left: 'Action',
    right: 'Employee',
    primary: 'Primary Owner Id',
    isOwned: true,
  },
  linkOf('action-contact', 'Action', 'Contact', 'Primary Contact Id'),
  linkOf('action-exception', 'Action', 'Action Exception'),
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
