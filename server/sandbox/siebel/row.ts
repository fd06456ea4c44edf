/** A stored record. Values are canonical (`values.ts`); an empty field has none. Never changed in place. */
export type Row = Readonly<{ id: string; values: Readonly<Record<string, string | undefined>> }>;

/** As much of the database as a calculated field may read. */
export type Rows = Readonly<{
  table: (component: string) => Readonly<{
    get: (id: string) => Row | null;
    equalTo: (field: string, value: string) => ReadonlySet<string>;
  }>;
  relation: (name: string) => Readonly<{
    leftsOf: (right: string) => ReadonlySet<string>;
    rightsOf: (left: string) => ReadonlySet<string>;
  }>;
}>;
