import { fieldOfSearch } from '../catalog.ts';
import { fail } from '../errors.ts';
import type { Component, Field } from '../metadata.ts';
import type { Session } from '../session.ts';
import type { Store } from '../store.ts';

/** What a search expression is read against. */
export type Scope = Readonly<{
  store: Store;
  component: Component;
  session: Session;
  now: () => Date;
  /** A field as this installation has it. */
  typed: (field: Field) => Field;
  /** The display value of a list-of-values code, the code itself where there is none. */
  lookUp: (type: string, code: string) => string;
}>;

/** The field a search names, by its business-component name; any other is SBL-DAT-00416. */
export function searchField(scope: Scope, name: string): Field {
  const field = fieldOfSearch(scope.component, name);
  if (field === null) throw fail.unknownSearchField(name, scope.component.name);
  return scope.typed(field);
}
