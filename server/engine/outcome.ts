import { unreachable, type Side } from '../../shared/domain.ts';
import type { WriteAnswer } from '../connectors/connector.ts';
import { settle } from '../core/settle.ts';
import type { Present } from '../core/snapshot.ts';
import type { Outcome, Step } from '../core/step.ts';
import { outlookItem, siebelItem } from './meeting.ts';
import type { LinkTurn, RecordTurn } from './turn-state.ts';

/** Settles a Link with what became of its steps; `null` stands for a step that was not tried in this pass. */
export function settleLink(link: LinkTurn, outcomes: readonly (Outcome | null)[]): void {
  if (!link.plan) return;
  const settled = settle({ base: link.base, seen: link.seen, plan: link.plan, outcomes });
  link.base = settled.base;
  link.isWhole = settled.isWhole.exchange;
  link.lost.push(...settled.lost);
  link.conflicts = link.plan.conflicts;
  if (settled.needsLook && link.end.end === 'settled') link.end = { end: 'again' };
}

export function didOf(
  step: Step,
  items: { before: Present['item'] | null; after: Present['item'] | null },
): LinkTurn['did'][number] {
  const fields = step.do === 'update' ? step.fields : [];
  return { side: step.side, step: step.do === 'remove' ? `remove (${step.how})` : step.do, fields, ...items };
}

/** What became of a step, with the people on a meeting named as the looks name them. */
export function outcomeOf(
  { turn, link }: Readonly<{ turn: RecordTurn; link: LinkTurn | null }>,
  step: Step,
  given: WriteAnswer,
): Outcome {
  if (given.outcome !== 'done') return given;
  if (step.do === 'remove' || !given.now) return { outcome: 'done', now: null, notes: given.notes };
  const { ref, version, item } = given.now;
  const shown = link ? outlookItem(turn, link, item) : siebelItem(turn, item);
  return { outcome: 'done', now: { state: 'present', ref, version, item: shown }, notes: given.notes };
}

/** A removal that finds nothing left to remove has come to its end: an earlier try took the item and died before it told. */
export function endOf(
  given: Exclude<WriteAnswer, { outcome: 'done' }>,
  { side, step }: Readonly<{ side: Side; step: Step | null }>,
): LinkTurn['end'] {
  switch (given.outcome) {
    case 'stale':
      return { end: 'again' };
    case 'gone':
      return step?.do === 'remove' ? { end: 'settled' } : { end: 'again' };
    case 'refused':
      return { end: 'parked', reasons: [given.because ?? { code: 'sideRefused', side, text: given.reason }] };
    case 'unreachable':
      return {
        end: 'later',
        reasons: [{ code: 'sideAway', side, text: given.reason }],
        afterMs: given.afterMs,
        reach: given.reach,
      };
  }
  return unreachable(given);
}
