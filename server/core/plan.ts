import type { FieldName, Step } from './step.ts';
import type { Side } from '../../shared/domain.ts';
import type { Verdict } from './verdict.ts';

export type FieldValue = string | boolean | readonly string[] | null;

/** Both sides wrote the same field. `winner` is `null` while a person is asked; then the field waits on both sides. */
export type Conflict = Readonly<{
  field: FieldName;
  siebel: FieldValue;
  exchange: FieldValue;
  winner: Side | null;
}>;

export type Plan = Readonly<{
  verdict: Verdict;
  steps: readonly Step[];
  conflicts: readonly Conflict[];
  /** Changes seen on a side that may not travel (direction, level, open question): their base stays where it is. */
  held: readonly Readonly<{ side: Side; field: FieldName }>[];
  /** One sentence for people: why this verdict. */
  why: string;
}>;
