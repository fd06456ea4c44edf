import type { ClassRules } from './class-rules.ts';
import type { Row, Rows } from './row.ts';

export type FieldType =
  | 'ID'
  | 'TEXT'
  | 'BOOL'
  | 'DATE'
  | 'UTCDATETIME'
  | 'INTEGER'
  | 'NUMBER'
  | 'PHONE'
  | 'NOTE';

/**
 * A field of a component. Payload and `fields` use the integration-component name, `searchspec` and `sortspec` the
 * business-component name; they may differ, as they do in real repositories.
 */
export type Field = Readonly<{
  name: string;
  searchName: string;
  type: FieldType;
  length: number;
  isReadOnly: boolean;
  isRequired: boolean;
  /** A list of values; a bounded one refuses values that are not in it. */
  picklist: Readonly<{ lov: string; isBounded: boolean }> | null;
  /** What an insert puts there if the caller sends nothing. */
  initial: string;
  /** Kept in an equality index, ignoring case. */
  isIndexed: boolean;
  /** Kept in an index by its order, so that searches for a range need not scan. */
  isOrdered: boolean;
  /** The switch that makes this date-time a plain date, or null. */
  dateIf: string | null;
  /** Known to searches only. */
  isSearchOnly: boolean;
  /** Shown through a primary: the value of `field` of the `far` row whose id stands in the own field `by`. */
  join: Readonly<{ by: string; far: string; field: string }> | null;
  /** A joined field that may be written: the far row with that value is picked. */
  isPick: boolean;
  /** A multi-value field: a plain comparison tests the primary, `EXISTS` every row of the child. */
  members: Readonly<{ child: string; field: string }> | null;
  /** A calculated value. */
  calculate: ((rows: Rows, row: Row) => string) | null;
  /** Ids of rows whose calculated value is this one, so that searches need not scan. */
  lookUp: ((rows: Rows, value: string) => readonly string[]) | null;
}>;

/**
 * A child component. `associate`: only existing rows can be linked. `insert`: an unknown Id inserts a far row and links
 * it. `own`: the rows belong to the parent and die with the link.
 */
export type Child = Readonly<{
  name: string;
  far: string;
  relation: string;
  /** Whether the parent is the left or the right end of the relation. */
  parentIs: 'left' | 'right';
  kind: 'associate' | 'insert' | 'own';
  /** The far fields shown here, or null for all. */
  fields: readonly string[] | null;
}>;

export type Component = Readonly<{
  name: string;
  /** The business object it is reached under, or null if only as a child. */
  object: string | null;
  fields: readonly Field[];
  children: readonly Child[];
  /** Who sees rows by default: the team, the owner and the other employees, or everybody. */
  visibility: 'team' | 'participants' | 'everybody';
  /** Fields that together may not occur twice, the first of them indexed; only while `ifOn` is on, where it is a switch. */
  unique: Readonly<{ fields: readonly [string, ...string[]]; ifOn: string | null }> | null;
  /** What the component's class makes of a write, or null where it takes it as it is. */
  rules: ClassRules | null;
}>;

/** A many-to-many or parent-child link; `primary` is the left component's field that names its primary right row. */
export type RelationDefinition = Readonly<{
  name: string;
  left: string;
  right: string;
  primary: string | null;
  /** The primary is the owner: it cannot be unlinked, and one who hands over to another leaves. */
  isOwned: boolean;
}>;

const plain: Omit<Field, 'name' | 'searchName' | 'type' | 'length'> = {
  isReadOnly: false,
  isRequired: false,
  picklist: null,
  initial: '',
  isIndexed: false,
  isOrdered: false,
  dateIf: null,
  isSearchOnly: false,
  join: null,
  isPick: false,
  members: null,
  calculate: null,
  lookUp: null,
};

type More = Partial<Omit<Field, 'name' | 'type' | 'length'>>;

export function field(name: string, type: FieldType, length: number, more: More = {}): Field {
  return { ...plain, searchName: name, ...more, name, type, length };
}

export function text(name: string, length: number, more: More = {}): Field {
  return field(name, 'TEXT', length, more);
}

export function phone(name: string): Field {
  return field(name, 'PHONE', 40);
}

/** A Sync List is searched through its owner: by the employees' logins or their row ids. */
export const syncListFields: readonly Field[] = [
  text('Sync List', 50, {
    isReadOnly: true,
    isSearchOnly: true,
    members: { child: 'Sync List', field: 'Login Name' },
  }),
  field('Sync List Id', 'ID', 15, {
    isReadOnly: true,
    isSearchOnly: true,
    members: { child: 'Sync List', field: 'Id' },
  }),
];

/** The system columns every component has. `Updated` is stamped in whole seconds before the commit. */
export const systemFields: readonly Field[] = [
  field('Id', 'ID', 15, { isReadOnly: true, isOrdered: true }),
  field('Created', 'UTCDATETIME', 32, { isReadOnly: true }),
  field('Created By', 'ID', 15, { isReadOnly: true }),
  field('Updated', 'UTCDATETIME', 32, { isReadOnly: true, isOrdered: true }),
  field('Updated By', 'ID', 15, { isReadOnly: true }),
  field('Mod Id', 'INTEGER', 16, { isReadOnly: true }),
  field('Conflict Id', 'ID', 15, { isReadOnly: true, initial: '0' }),
];
