import type { Row, Rows } from './row.ts';
import type { Session } from './session.ts';

/** A write as the class of a component sees it. Values are canonical (`values.ts`). */
export type ClassWrite = Readonly<{
  rows: Rows;
  id: string;
  isNew: boolean;
  /** The record as it stands; for an insert, the initial values of its fields. */
  before: Row['values'];
  /** What the body asks for. */
  sent: Sent;
  /** Canonical. */
  now: string;
  session: Session;
  isOn: (switchName: string) => boolean;
}>;

type Sent = Readonly<Record<string, string>>;

/** What the class makes of it: the values to store. Throws Siebel's refusal. */
export type ClassRules = (write: ClassWrite) => Sent;

/** The value a field has once the write is done; `''` when empty. */
export function valueAfter({ before, sent }: ClassWrite, name: string): string {
  return sent[name] ?? before[name] ?? '';
}

/** Whether the write gives the field another value. */
export function doesChange(write: ClassWrite, name: string): boolean {
  return valueAfter(write, name) !== (write.before[name] ?? '');
}
