import { isBlank, valueOf } from './fields/item.ts';
import { isContact } from '../../shared/item.ts';
import { refusedNote } from './note.ts';
import type { Present } from './snapshot.ts';
import type { FieldName, FieldNote, Outcome, Step } from './step.ts';

/** A step and what became of it. */
export type Deed = Readonly<{
  step: Step;
  isDone: boolean;
  /** A removal that found nothing left to remove. */
  isGone: boolean;
  /** The side was not as it had been seen. */
  isSurprised: boolean;
  /** What the side holds after a write; `null` after a removal, and where nothing was written. */
  now: Present | null;
  notes: readonly FieldNote[];
}>;

/** `outcome` is `null` for a step that was not tried. */
export function deedOf(step: Step, outcome: Outcome | null): Deed {
  const untried: Deed = { step, isDone: false, isGone: false, isSurprised: false, now: null, notes: [] };
  if (outcome === null || outcome.outcome === 'unreachable') return untried;
  if (outcome.outcome === 'stale') return { ...untried, isSurprised: true };
  if (outcome.outcome === 'gone') {
    const isGone = step.do === 'remove';
    return { ...untried, isGone, isDone: isGone, isSurprised: !isGone };
  }
  if (outcome.outcome === 'refused') {
    const { field } = outcome;
    return { ...untried, notes: field === null ? [] : [refusedNote(field, outcome)] };
  }
  const { now, notes } = outcome;
  if (step.do === 'remove') return { ...untried, isDone: true, notes };
  return { ...untried, isDone: now !== null, isSurprised: now === null, now, notes };
}

/**
 * Whether a step writes the field. A create writes what it fills; what it leaves blank is the side's own to fill. Of an
 * activity it says everything: Exchange's and Siebel's defaults are no person's edits.
 */
export function writes(step: Step, field: FieldName): boolean {
  if (step.do === 'remove') return false;
  if (step.do === 'create' && !isContact(step.item)) return true;
  return step.do === 'update' ? step.fields.includes(field) : !isBlank(field, valueOf(step.item, field));
}
