import type { Both, Domain } from '../../shared/domain.ts';
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

/**
 * Fields people write: three both ways, one to Outlook only, one to Siebel only, one Siebel cannot hold, one switched off,
 * and sets. Every value carries a token, so that fields are played whose values can.
 */
export type Played = Readonly<{
  bothWays: readonly FieldName[];
  toExchange: FieldName;
  toSiebel: FieldName;
  notInSiebel: FieldName;
  off: FieldName;
  sets: readonly FieldName[];
}>;
export const playedIn = {
  contact: {
    bothWays: ['lastName', 'notes', 'firstName'],
    toExchange: 'jobTitle',
    toSiebel: 'office',
    notInSiebel: 'spouse',
    off: 'manager',
    sets: ['categories'],
  },
  appointment: {
    bothWays: ['subject', 'body', 'occurrence.2026-06-17', 'occurrence.2026-10-28'],
    toExchange: 'location',
    toSiebel: 'activityType',
    notInSiebel: 'showAs',
    off: 'importance',
    sets: ['attendees', 'categories'],
  },
  task: {
    bothWays: ['subject', 'body', 'dueDate'],
    toExchange: 'status',
    toSiebel: 'activityType',
    notInSiebel: 'startDate',
    off: 'importance',
    sets: ['categories'],
  },
} as const satisfies Record<Domain, Played>;

export function fieldsIn({
  bothWays,
  toExchange,
  toSiebel,
  notInSiebel,
  off,
  sets,
}: Played): readonly FieldName[] {
  return [...bothWays, toExchange, toSiebel, notInSiebel, off, ...sets];
}

export type History = {
  /** The fields people write. */
  readonly played: readonly FieldName[];
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
