/**
 * Siebel REST's records as they travel: every value is a string, empty is `""`, children lie under their component's name,
 * as an array or, when there is one and `uniformresponse` is not honoured, as an object (facts/siebel-rest.md 2.3).
 */
export type Row = Readonly<{
  /** `""` where the answer names none. */
  id: string;
  values: Readonly<Record<string, string>>;
  children: Readonly<Record<string, readonly Row[]>>;
}>;

/** What a write sends for one record. */
export type SentRow = Readonly<{ [name: string]: string | readonly SentRow[] }>;

/**
 * The records of an answer in any of Siebel's shapes: an array, `items` as an array or an object, a bare record.
 * An answer that holds none of these has no records.
 */
export function rowsFrom(json: unknown): readonly Row[] {
  if (Array.isArray(json)) return json.flatMap(rowsFrom);
  if (!isObject(json)) return [];
  if ('items' in json) return rowsFrom(json['items']);
  return 'Id' in json ? [rowFrom(json)] : [];
}

/** A value of the row; `null` where it is empty, blank or was not sent. Line ends become `\n`. */
export function valueOf(row: Row, name: string): string | null {
  const text = row.values[name]?.replaceAll(/\r\n?/g, '\n') ?? '';
  return text.trim() === '' ? null : text;
}

function rowFrom(json: Readonly<Record<string, unknown>>): Row {
  const values: Record<string, string> = {};
  const children: Record<string, readonly Row[]> = {};
  for (const [name, value] of Object.entries(json)) {
    if (name === 'Link') continue;
    if (typeof value === 'string') values[name] = value;
    else if (typeof value === 'number' || typeof value === 'boolean') values[name] = String(value);
    else if (typeof value === 'object' && value !== null) children[name] = childrenFrom(value);
  }
  return { id: values['Id'] ?? '', values, children };
}

function childrenFrom(json: object): readonly Row[] {
  const list = Array.isArray(json) ? json : [json];
  return list.filter(isObject).map(rowFrom);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
