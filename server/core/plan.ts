import type { Both, Side } from '../../shared/domain.ts';
import type { Reason } from '../../shared/reason.ts';
import { changeOf, type Change } from './change.ts';
import { emptyOf, isSet, valueOf } from './fields/item.ts';
import { deltaOf } from './fields/set.ts';
import { membersOf } from './fields/shape.ts';
import { domainOfKind } from '../../shared/item.ts';
import { bornItem, mayWrite, mergeItems, type Decisions, type Merge } from './merge.ts';
import { reaches, type Rules } from './policy.ts';
import { effectOf, type Effect } from './removal.ts';
import { across, bothOf, eachSide } from './side.ts';
import type { Item, Present, Snapshot } from './snapshot.ts';
import type { FieldName, FieldValue as Value, Step } from './step.ts';
import { verdictOf, type Verdict } from './verdict.ts';
import { birthReasons, reasonsOfMerge, reasonsOfRemoval } from './why.ts';

export type FieldValue = Value;

/** Both sides wrote the same field. `winner` is `null` while a person is asked; then the field waits on both sides. */
export type Conflict = Merge['conflicts'][number];

export type Plan = Readonly<{
  verdict: Verdict;
  /** At most one for each side. */
  steps: readonly Step[];
  conflicts: readonly Conflict[];
  /** Changes seen on a side that may not travel (direction, level, open question): their base stays where it is. */
  held: Merge['held'];
  /**
   * What becomes of the Link once the steps are done. `open`: it goes on. `closes`: the two are no longer kept in step.
   * `waits`: nothing was decided, nothing is forgotten; the base stays as it is.
   */
  link: 'open' | 'closes' | 'waits';
  /** Why this verdict, for people. */
  reasons: readonly Reason[];
}>;

/** What a plan is made from. */
type Situation = Readonly<{
  base: Both<Snapshot>;
  seen: Both<Snapshot>;
  changes: Both<Change>;
  verdict: Verdict;
  rules: Rules;
  decisions: Decisions;
}>;

/**
 * Decides what a pair needs: pure and total, so that the journal's base, sight and policy give the same plan again (L11).
 * `decisions` are a person's answers to earlier conflicts.
 */
export function reconcile(
  base: Both<Snapshot>,
  seen: Both<Snapshot>,
  rules: Rules,
  decisions: Decisions = {},
): Plan {
  if (rules.level === 'none') return planOf('rest', { link: 'waits', reasons: [{ code: 'levelNone' }] });
  if (eachSide.some((side) => isUnproven(base[side], seen[side]))) {
    return planOf('rest', { link: 'waits', reasons: [{ code: 'unproven' }] });
  }
  const changes = bothOf((side) => weighed(side, { base, seen, rules }));
  const verdict = verdictOf(changes);
  return planners[verdict]({ base, seen, changes, verdict, rules, decisions });
}

const planners: Readonly<Record<Verdict, (situation: Situation) => Plan>> = {
  rest: planBringing,
  merge: planBringing,
  remove: planRemoval,
  contest: planRemoval,
  forget: () => planOf('forget', { link: 'closes', reasons: [{ code: 'bothGone' }] }),
};

/** A side that had the item and now shows nothing, without a reason, proves nothing. */
function isUnproven(base: Snapshot, seen: Snapshot): boolean {
  return base.state === 'present' && seen.state === 'absent' && seen.why === 'never';
}

/** The change that counts for the verdict: an edit that may not reach the other side outweighs no removal there. */
function weighed(
  side: Side,
  { base, seen, rules }: { base: Both<Snapshot>; seen: Both<Snapshot>; rules: Rules },
): Change {
  const change = changeOf(base[side], seen[side]);
  if (change.change !== 'written' || base[side].state === 'absent') return change;
  const fields = change.fields.filter((field) => mayWrite(rules, field, across[side]));
  return fields.length === 0 ? { change: 'none' } : { change: 'written', fields };
}

function planBringing(situation: Situation): Plan {
  const { siebel, exchange } = situation.seen;
  if (siebel.state === 'present' && exchange.state === 'present') {
    return planMerge(situation, { siebel, exchange });
  }
  if (siebel.state === 'absent' && exchange.state === 'absent') {
    return planOf(situation.verdict, { link: 'closes', reasons: [{ code: 'bothGone' }] });
  }
  if (situation.verdict === 'rest')
    return planOf('rest', { link: 'waits', reasons: [{ code: 'nothingNew' }] });
  if (siebel.state === 'present') return planBirth(situation, 'exchange', siebel);
  if (exchange.state === 'present') return planBirth(situation, 'siebel', exchange);
  return planOf(situation.verdict, { link: 'closes', reasons: [{ code: 'bothGone' }] });
}

function planMerge(situation: Situation, seen: Both<Present>): Plan {
  const { base, rules, decisions, verdict } = situation;
  const merge = mergeItems({
    base: bothOf((side) => itemOf(base[side])),
    seen: bothOf((side) => seen[side].item),
    rules,
    decisions,
  });
  const steps = eachSide.flatMap((side): Step[] => {
    const patch = merge.patch[side];
    const { ref, version, item: before } = seen[side];
    if (!patch) return [];
    const notifies = side === 'exchange' ? mailedByUpdate(rules, before, patch) : [];
    return [{ do: 'update', side, ref, version, before, ...patch, notifies }];
  });
  const { conflicts, held } = merge;
  return { verdict, steps, conflicts, held, link: 'open', reasons: reasonsOfMerge(merge) };
}

function mailedByUpdate(
  rules: Rules,
  before: Item,
  { fields, item }: Readonly<{ fields: readonly FieldName[]; item: Item }>,
): readonly string[] {
  const deltas = fields
    .filter(isSet)
    .map((field) => deltaOf(membersOf(valueOf(before, field)), membersOf(valueOf(item, field))));
  const added = deltas.flatMap((delta) => delta.added);
  const removed = deltas.flatMap((delta) => delta.removed);
  return rules.mailed({ do: 'update', fields, added, removed });
}

/** One side has the item, the other never had it or lost it for good: it is made there, unless its owner took it out. */
function planBirth(situation: Situation, to: Side, from: Present): Plan {
  const { seen, rules, verdict } = situation;
  const there = seen[to];
  if (there.state === 'absent' && (there.why === 'unmarked' || there.why === 'outOfReach')) {
    return planOf(verdict, { link: 'closes', reasons: [birthReasons.takenOut[there.why]] });
  }
  if (!reaches(rules.level, to))
    return planOf(verdict, { link: 'waits', reasons: [birthReasons.onlyIn[across[to]]] });
  return {
    ...planOf(verdict, { link: 'open', reasons: [birthReasons.isNewOn[across[to]]] }),
    ...birth(situation, to, from),
  };
}

function birth(
  { base, rules }: Situation,
  to: Side,
  from: Present,
): { steps: readonly Step[]; held: Plan['held'] } {
  const empty = emptyOf(domainOfKind[rules.kind]);
  const { item, put } = bornItem({ to, before: itemOf(base[to]), from: from.item, rules, empty });
  const source = across[to];
  const change = changeOf(base[source], from);
  const changed = change.change === 'written' ? change.fields : [];
  const held = changed.filter(
    (field) => rules.holds[to](field) && (!rules.mayTravel(field, to) || put.includes(field)),
  );
  const invited = membersOf(valueOf(item, 'attendees'));
  const notifies = to === 'exchange' ? rules.mailed({ do: 'create', invited }) : [];
  return {
    steps: [{ do: 'create', side: to, item, notifies }],
    held: held.map((field) => ({ side: source, field })),
  };
}

function planRemoval(situation: Situation): Plan {
  const { changes, seen, rules, verdict } = situation;
  const gone: Side = changes.siebel.change === 'removed' ? 'siebel' : 'exchange';
  const change = changes[gone];
  const survivor = seen[across[gone]];
  if (change.change !== 'removed' || survivor.state === 'absent') {
    return planOf(verdict, { link: 'closes', reasons: [{ code: 'bothGone' }] });
  }
  const isEdited = changes[across[gone]].change === 'written';
  const effect = effectOf({ gone, why: change.why, isEdited, rules });
  const told = planOf(verdict, {
    link: linkAfter[effect],
    reasons: reasonsOfRemoval({ gone, isEdited, effect }),
  });
  if (effect === 'restore') return { ...told, ...birth(situation, gone, survivor) };
  if (effect === 'close') return told;
  // What guests would be told is held back with the record's removal; their list shows it.
  if (effect === 'wait')
    return change.why === 'deleted' ? { ...told, held: [{ side: 'siebel', field: 'attendees' }] } : told;
  const { ref, version } = survivor;
  const isMailing = gone === 'siebel' && effect === 'delete';
  const notifies = isMailing ? rules.mailed({ do: 'remove' }) : [];
  return { ...told, steps: [{ do: 'remove', side: across[gone], ref, version, how: effect, notifies }] };
}

const linkAfter: Readonly<Record<Effect, Plan['link']>> = {
  delete: 'closes',
  unlist: 'closes',
  unmark: 'closes',
  close: 'closes',
  wait: 'waits',
  restore: 'open',
};

function planOf(verdict: Verdict, { link, reasons }: Pick<Plan, 'link' | 'reasons'>): Plan {
  return { verdict, steps: [], conflicts: [], held: [], link, reasons };
}

function itemOf(snapshot: Snapshot): Item | null {
  return snapshot.state === 'present' ? snapshot.item : null;
}
