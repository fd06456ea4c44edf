/**
 * What Microsoft Graph v1.0 sends, as far as we read it. Every property may be missing: a change feed promises no more than
 * "at least the changed ones", and the service writes nothing as `""`, `null`, `{}`, `[]` or not at all.
 */
export type GraphRow = Readonly<{ id: string; [property: string]: unknown }>;

export type GraphContact = GraphRow &
  Readonly<{
    '@odata.etag'?: unknown;
    '@removed'?: unknown;
    changeKey?: unknown;
    categories?: unknown;
    parentFolderId?: unknown;
    singleValueExtendedProperties?: unknown;
  }>;

export type GraphExtendedProperty = Readonly<{ id: string; value: string | null }>;

/** What a POST or PATCH carries. */
export type GraphPatch = Readonly<Record<string, unknown>>;

export type GraphPage = Readonly<{
  rows: readonly GraphRow[];
  nextLink: string | null;
  deltaLink: string | null;
  /** How many rows the whole listing has, where that was asked for. */
  count: number | null;
}>;

/** A listing's page; `null` when the body is none, or a row in it has no id. */
export function pageFrom(body: unknown): GraphPage | null {
  const page = objectFrom(body);
  if (page === null || !Array.isArray(page['value'])) return null;
  const rows = page['value'].map(rowFrom);
  if (rows.includes(null)) return null;
  return {
    rows: rows.filter((row) => row !== null),
    nextLink: textFrom(page['@odata.nextLink']),
    deltaLink: textFrom(page['@odata.deltaLink']),
    count: typeof page['@odata.count'] === 'number' ? page['@odata.count'] : null,
  };
}

export function rowFrom(body: unknown): GraphRow | null {
  const row = objectFrom(body);
  const id = textFrom(row?.['id']);
  return row === null || id === null ? null : { ...row, id };
}

export function objectFrom(value: unknown): Readonly<Record<string, unknown>> | null {
  return isObject(value) ? value : null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text that says something; the service writes nothing as `""`, `null` or not at all. */
export function textFrom(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

export function listFrom(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The tag that changes with every write to an item; `@odata.etag` is the same one in quotes. */
export function changeKeyOf(row: GraphContact): string | null {
  const tag = textFrom(row['@odata.etag']);
  return textFrom(row.changeKey) ?? tag?.match(/^W\/"(.*)"$/)?.[1] ?? null;
}

export function etagOf(version: string): string {
  return `W/"${version}"`;
}

/** A value inside a path segment: ids may hold `=`, `+` and more. */
export function segment(value: string): string {
  return encodeURIComponent(value);
}

/** A value inside an OData string literal, with its quotes. */
export function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** Query options in the order given, encoded once. */
export function query(options: Readonly<Record<string, string>>): string {
  return Object.entries(options)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}
