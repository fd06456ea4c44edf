import type { ContactField } from '../../../shared/contact.ts';
import type { Ref, Version } from '../../core/snapshot.ts';
import type { Login, Stamp } from '../connector.ts';

/* oxlint-disable typescript/no-unsafe-type-assertion -- the one place where Siebel's texts become names of ours */

export function refOf(component: 'Contact' | 'Employee', id: string): Ref {
  return `${component}/${id}` as Ref;
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

export function isCustom(field: ContactField): field is CustomName {
  return field.startsWith('custom.');
}

/** The name the policy gives a field of the organisation's own. */
export function customName(field: CustomName): string {
  return field.slice('custom.'.length);
}
