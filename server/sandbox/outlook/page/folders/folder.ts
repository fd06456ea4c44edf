import type { Graph, Json } from '../wire.ts';

export type FolderName = 'mail' | 'calendar' | 'people' | 'tasks';
export type Values = Readonly<Record<string, string>>;

export type Field = Readonly<{
  name: string;
  label: string;
  type: 'text' | 'email' | 'tel' | 'date' | 'time' | 'checkbox' | 'textarea';
  isRequired?: boolean;
}>;

/** One of the program's four places: what it lists and how one of its items is written. */
export type Folder = Readonly<{
  name: FolderName;
  title: string;
  /** Null: nothing new can be made here. */
  newLabel: string | null;
  list: (graph: Graph, now: Date) => Promise<readonly Json[]>;
  labelOf: (item: Json) => string;
  detailOf: (item: Json) => string;
  /** Items of one group stand together under its name. */
  groupOf: (item: Json) => string;
  isEditable: (item: Json) => boolean;
  /** Rows of fields. */
  fields: readonly (readonly Field[])[];
  valuesOf: (item: Json | null, now: Date) => Values;
  bodyOf: (values: Values) => Json;
  /** Where new items are posted to. */
  place: string;
  pathOf: (item: Json) => string;
}>;
