import ICAL from 'ical.js';

/** A line of a component. Names and parameters are in lower case, values in the forms of jCal (RFC 7265). */
export type Property = Readonly<{
  line: number;
  name: string;
  params: Readonly<Record<string, string>>;
  /** `text`, `date`, `date-time`, `duration`, `period`, `recur` and more. */
  type: string;
  values: readonly string[];
  /** The value as the file writes it. */
  raw: string;
}>;

/** `null` for a line that is none. Escapes, lists and parameters are undone by ical.js. */
export function propertyFrom(line: number, content: string): Property | null {
  try {
    const parsed: unknown = ICAL.parse.property(quoted(content));
    if (!Array.isArray(parsed)) return null;
    const [name, params, type, ...values]: readonly unknown[] = parsed;
    return {
      line,
      name: String(name),
      params: textsIn(params),
      type: String(type),
      values: values.map(textOf),
      raw: content.slice(colonOf(content) + 1),
    };
  } catch {
    // ical.js throws for every line it cannot read; the caller reports the line.
    return null;
  }
}

/** Names of zones with a colon in them, which some writers forget to quote: `TZID=(UTC+01:00) Berlin:20261101T090000`. */
function quoted(content: string): string {
  return content.replace(/;TZID=([^";:]*:[^":]*):(\d{8}(?:T\d{6}Z?)?(?:,[\dTZ,]*)?)$/i, ';TZID="$1":$2');
}

function textsIn(params: unknown): Readonly<Record<string, string>> {
  if (typeof params !== 'object' || params === null) return {};
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, textOf(value)]));
}

/** A period is a pair, a rule an object, whose text is in `raw`. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join('/');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The colon that ends the name and its parameters, which may hold colons in quotes. */
function colonOf(content: string): number {
  let isQuoted = false;
  for (const [at, letter] of Array.from(content).entries()) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (letter === ':' && !isQuoted) return at;
  }
  return -1;
}
