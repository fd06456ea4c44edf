import type { Both } from '../../shared/domain.ts';
import type { Decisions } from '../../server/core/merge.ts';
import { reconcile } from '../../server/core/plan.ts';
import type { Rules } from '../../server/core/policy.ts';
import { settle } from '../../server/core/settle.ts';
import type { Snapshot } from '../../server/core/snapshot.ts';
import type { FieldName } from '../../server/core/step.ts';
import type { Ledger } from './ledger.ts';
import type { Chance } from './random.ts';
import type { SimulatedSide } from './side.ts';

/** The two pure verbs under test; mutants stand in for them. */
export type Brain = Readonly<{ reconcile: typeof reconcile; settle: typeof settle }>;
export const realBrain: Brain = { reconcile, settle };

/** Fields people write: both ways, one way each, one Siebel cannot hold, one switched off, and a set. */
export const played: readonly FieldName[] = [
  'lastName',
  'notes',
  'firstName',
  'jobTitle',
  'office',
  'spouse',
  'manager',
  'categories',
];

export type History = {
  readonly chance: Chance;
  readonly rules: Rules;
  readonly sides: Both<SimulatedSide>;
  readonly ledger: Ledger;
  readonly brain: Brain;
  readonly violations: string[];
  readonly failing: number;
  readonly mayLoseAnswers: boolean;
  base: Both<Snapshot>;
  isOpen: boolean;
  mustLook: boolean;
  decisions: Decisions;
  asked: readonly FieldName[];
  /**
   * A write happened whose answer never came. Its echo looks like a person's edit, so that from here on an edit may count as
   * one of two; it is still never lost without being named.
   */
  isUnsure: boolean;
  turns: number;
};
