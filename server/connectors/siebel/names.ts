import { emptyContact, type Contact, type ContactField } from '../../../shared/contact.ts';
import { isContact } from '../../../shared/item.ts';
import type { Item, Ref, Version } from '../../core/snapshot.ts';
import type { FieldName } from '../../core/step.ts';
import type { Stamp } from '../connector.ts';
import type { Login } from '../directory.ts';

/* oxlint-disable typescript/no-unsafe-type-assertion -- the one place where Siebel's texts become names of ours */

/** What a ref begins with. A `Series` is held as activities of their own, a `Task` and an `Appointment` as one. */
export type RefKind = 'Contact' | 'Employee' | 'Appointment' | 'Task' | 'Series';

export function refOf(kind: RefKind, id: string): Ref {
  return `${kind}/${id}` as Ref;
}

export function versionFrom(text: string): Version {
  return text as Version;
}

export function loginFrom(text: string): Login {
  return text as Login;
}

export function stampFrom(text: string | null): Stamp | null {
  return text as Stamp | null;
}

/* oxlint-enable typescript/no-unsafe-type-assertion */

export type CustomName = `custom.${string}`;

export function isCustom(field: FieldName): field is CustomName {
  return field.startsWith('custom.');
}

/** The name the policy gives a field of the organisation's own. */
export function customName(field: CustomName): string {
  return field.slice('custom.'.length);
}

/** The contact of a request about contacts; anything else there is a mistake of the caller. */
export function contactIn(item: Item): Contact {
  if (!isContact(item)) throw new Error('A request about a contact carries another item.');
  return item;
}

export function contactFieldsIn(fields: readonly FieldName[]): readonly ContactField[] {
  return fields.filter(isContactField);
}

export function isContactField(field: FieldName): field is ContactField {
  return isCustom(field) || field in emptyContact;
}
