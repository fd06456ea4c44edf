type Texts = Readonly<Record<string, string | null>>;
export type Env = Readonly<Record<string, string | undefined>>;

type Range = Readonly<{ fallback: number; least: number; most: number }>;

/**
 * Reads settings one by one and collects what is wrong with them, so that a person sees everything at once. Each problem
 * names the setting, what it holds and what was expected; values of secrets are never repeated. Empty means not set.
 */
export type SettingReader = Readonly<{
  problems: readonly string[];
  /** Reports a problem of its own making. */
  complain: (problem: string) => void;
  has: (name: string) => boolean;
  text: (name: string) => string | null;
  /** The value, or an empty string and a problem when it is not set. */
  required: (name: string, expected: string) => string;
  integer: (name: string, range: Range) => number;
  /** An absolute http or https address without a slash at the end. */
  url: (name: string, fallback: string | null) => string;
  choice: <Choice extends string>(name: string, choices: readonly Choice[], fallback: Choice) => Choice;
  zone: (name: string, fallback: string) => string;
  /**
   * A JSON object of texts, laid over the fallback; keys the fallback lacks are wrong unless it is empty, and so is `null`
   * for keys that are not among `nullable`.
   */
  texts: <Table extends Texts>(name: string, fallback: Table, nullable?: readonly (keyof Table)[]) => Table;
}>;

export function createSettingReader(env: Env): SettingReader {
  const problems: string[] = [];
  const complain = (problem: string) => void problems.push(problem);
  const text = (name: string) => env[name]?.trim() || null;
  const wrong = (name: string, expected: string) =>
    complain(`${name} is ${JSON.stringify(text(name))}: expected ${expected}.`);
  const required = (name: string, expected: string) => {
    const value = text(name);
    if (value === null) complain(`${name} is missing: expected ${expected}.`);
    return value ?? '';
  };
  return {
    problems,
    complain,
    has: (name) => text(name) !== null,
    text,
    required,
    integer: (name, { fallback, least, most }) => {
      const value = text(name);
      const number = value === null ? fallback : wholeNumber(value);
      if (number >= least && number <= most) return number;
      wrong(name, `a whole number from ${least} to ${most}`);
      return fallback;
    },
    url: (name, fallback) => {
      const expected = 'an address such as https://server.example.com/path';
      const value = text(name) ?? fallback ?? required(name, expected);
      if (value !== '' && !isWebAddress(value)) wrong(name, expected);
      return value.replace(/\/+$/, '');
    },
    choice: (name, choices, fallback) => {
      const value = text(name);
      const found = choices.find((choice) => choice === value);
      if (value !== null && found === undefined) wrong(name, `one of ${choices.join(', ')}`);
      return found ?? fallback;
    },
    zone: (name, fallback) => {
      const value = text(name);
      if (value === null || isZone(value)) return value ?? fallback;
      wrong(name, 'a time zone of the IANA list, such as Europe/Berlin');
      return fallback;
    },
    texts: (name, fallback, nullable = []) => {
      const value = text(name);
      const given = value === null ? {} : textsFrom(value, fallback, nullable.map(String));
      if (given === null) wrong(name, `a JSON object of texts${keysOf(fallback)}`);
      return { ...fallback, ...given };
    },
  };
}

/** Digits and nothing else; anything more is no number here. */
function wholeNumber(value: string): number {
  return /^\d+$/.test(value) ? Number(value) : Number.NaN;
}

function isWebAddress(value: string): boolean {
  const url = URL.parse(value);
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:';
  return isWeb && url.username === '' && url.search === '' && url.hash === '';
}

function isZone(value: string): boolean {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(value).timeZoneId !== '';
  } catch {
    // Temporal has no other way to ask whether it knows a zone.
    return false;
  }
}

function textsFrom(value: string, known: Texts, nullable: readonly string[]): Texts | null {
  const parsed = parsedJson(value);
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) return null;
  const entries: readonly (readonly [string, unknown])[] = Object.entries(parsed);
  const anyKey = Object.keys(known).length === 0;
  const texts: Record<string, string | null> = {};
  for (const [key, inner] of entries) {
    if (!anyKey && !(key in known)) return null;
    if (inner === null ? !nullable.includes(key) : typeof inner !== 'string' || inner === '') return null;
    texts[key] = typeof inner === 'string' ? inner : null;
  }
  return texts;
}

function parsedJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    // What is no JSON is reported by the caller, as any other wrong value.
    return null;
  }
}

function keysOf(known: Readonly<Record<string, unknown>>): string {
  const keys = Object.keys(known);
  return keys.length === 0 ? '' : ` with some of the keys ${keys.join(', ')}`;
}
