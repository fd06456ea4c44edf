import type { FieldName } from '../../core/step.ts';
import type { Login } from '../directory.ts';
import type { Trouble } from './errors.ts';
import type { Component } from './settings.ts';
import type { Siebel } from './siebel.ts';
import type { Row, SentRow } from './wire.ts';

/** A child record or association that goes with a write. */
export type SentChild = Readonly<{
  /** The child component. */
  name: string;
  /** An association carries only the far record's `Id`; an own record its values, and an `Id` if it exists. */
  row: SentRow;
  /** The fields of the item it carries; none for lists. */
  fields: readonly FieldName[];
}>;

export type Draft = Readonly<{
  /** With `Id` for a change. */
  values: Readonly<Record<string, string>>;
  children: readonly SentChild[];
}>;

/** `id` is `''` where Siebel stored the records and did not say which is which. */
export type BatchAnswer =
  | Readonly<{ answer: 'stored'; id: string; hasChildren: boolean; dropped: readonly Dropped[] }>
  | Readonly<{ answer: 'trouble'; trouble: Trouble }>;

/** A value Siebel refused and the record was stored without. */
export type Dropped = Readonly<{ name: string; trouble: Trouble }>;

type Target = Readonly<{
  component: Component;
  method: 'POST' | 'PUT';
  asUser: Login | null;
  /** Fields without which a record is better not stored at all. */
  needed?: readonly string[];
}>;

/** Siebel takes an array of at most a hundred records of one component, whole or not at all (facts/siebel-rest.md 1.6). */
export const mostRecords = 100;

/**
 * Writes many records in as few requests as possible. An array that is refused is halved until the bad record stands
 * alone; there the value Siebel names is left out, if it names one, and everything else is stored.
 */
export async function writeBatch(
  siebel: Siebel,
  target: Target,
  drafts: readonly Draft[],
): Promise<readonly BatchAnswer[]> {
  const groups: Draft[][] = [];
  for (let at = 0; at < drafts.length; at += mostRecords) groups.push(drafts.slice(at, at + mostRecords));
  const answers = await Promise.all(groups.map((group) => writeGroup(siebel, target, group)));
  return answers.flat();
}

async function writeGroup(
  siebel: Siebel,
  target: Target,
  drafts: readonly Draft[],
): Promise<readonly BatchAnswer[]> {
  const { learned } = siebel;
  const isNested = learned.writesNested !== false && drafts.some(({ children }) => children.length > 0);
  const first = await send(siebel, target, { drafts, isNested });
  if (Array.isArray(first)) return first;
  if (first.trouble === 'failure') return drafts.map(() => ({ answer: 'trouble', trouble: first }));
  if (isNested && learned.writesNested === null) {
    const plain = await send(siebel, target, { drafts, isNested: false });
    if (Array.isArray(plain)) {
      learned.writesNested = false;
      return plain;
    }
  }
  const [only] = drafts;
  if (drafts.length === 1 && only !== undefined)
    return [await writeWithout(siebel, target, { draft: only, trouble: first })];
  const middle = Math.ceil(drafts.length / 2);
  const halves = [drafts.slice(0, middle), drafts.slice(middle)];
  return (await Promise.all(halves.map((half) => writeGroup(siebel, target, half)))).flat();
}

/** A single refused record, stored without the value Siebel names, if it names one that was sent. */
async function writeWithout(
  siebel: Siebel,
  target: Target,
  { draft, trouble }: Readonly<{ draft: Draft; trouble: Trouble }>,
): Promise<BatchAnswer> {
  const name =
    trouble.trouble === 'badValue' ? trouble.quoted.find((quoted) => isSent(draft, quoted)) : undefined;
  if (name === undefined || target.needed?.includes(name) === true) return { answer: 'trouble', trouble };
  const [again] = await writeGroup(siebel, target, [without(draft, name)]);
  if (again?.answer !== 'stored') return again ?? { answer: 'trouble', trouble };
  return { ...again, dropped: [{ name, trouble }, ...again.dropped] };
}

async function send(
  siebel: Siebel,
  { component, method, asUser }: Target,
  { drafts, isNested }: Readonly<{ drafts: readonly Draft[]; isNested: boolean }>,
): Promise<BatchAnswer[] | Trouble> {
  const body = drafts.map((draft) => bodyOf(draft, isNested));
  const written = await siebel.client.write({ method, path: [component, component], body, asUser });
  if (written.answer === 'trouble') return written.trouble;
  const isWhole = written.rows.length === drafts.length;
  return Promise.all(
    drafts.map(async ({ values, children }, index) => {
      const row = isWhole ? written.rows[index] : undefined;
      if (method === 'PUT' && isTwin(values, row))
        return withdraw(siebel, component, { id: row?.id ?? '', asUser });
      const id = values['Id'] ?? row?.id ?? '';
      return { answer: 'stored', id, hasChildren: isNested || children.length === 0, dropped: [] } as const;
    }),
  );
}

/** A PUT with an id that is gone inserts a new record under another id (facts/siebel-rest.md 10.7): nobody wants it. */
function isTwin(values: Draft['values'], row: Row | undefined): boolean {
  return row !== undefined && row.id !== '' && row.id !== values['Id'];
}

async function withdraw(
  siebel: Siebel,
  component: Component,
  { id, asUser }: Readonly<{ id: string; asUser: Login | null }>,
): Promise<BatchAnswer> {
  await siebel.client.write({ method: 'DELETE', path: [component, component, id], body: null, asUser });
  return { answer: 'trouble', trouble: { trouble: 'gone' } };
}

function bodyOf({ values, children }: Draft, isNested: boolean): SentRow {
  if (!isNested) return values;
  const byName = Map.groupBy(children, ({ name }) => name);
  return {
    ...values,
    ...Object.fromEntries([...byName].map(([name, list]) => [name, list.map(({ row }) => row)])),
  };
}

function isSent({ values, children }: Draft, name: string): boolean {
  return name !== 'Id' && (name in values || children.some(({ row }) => name in row));
}

function without({ values, children }: Draft, name: string): Draft {
  const isKept = ([key]: readonly [string, unknown]) => key !== name;
  return {
    values: Object.fromEntries(Object.entries(values).filter(isKept)),
    children: children.map((child) => ({
      ...child,
      row: Object.fromEntries(Object.entries(child.row).filter(isKept)),
    })),
  };
}
