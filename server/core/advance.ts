import type { Both, Side } from '../../shared/domain.ts';
import { isAppointment } from '../../shared/item.ts';
import { writes, type Deed } from './deed.ts';
import { emptyLike, fieldsOfAll, isSet, sameItem, valueOf, withValue } from './fields/item.ts';
import { activeMembers, membersOf } from './fields/shape.ts';
import { deltaOf, owedTo, undoDelta } from './fields/set.ts';
import type { Plan } from './plan.ts';
import { across, bothOf } from './side.ts';
import type { Absence, Item, Present, Snapshot } from './snapshot.ts';
import type { Member } from './fields/set.ts';
import type { FieldName, FieldValue, Removal } from './step.ts';

type Sides = Readonly<{ base: Both<Snapshot>; seen: Both<Snapshot>; plan: Plan }>;

/** The base after the deeds; see `settle`. */
export function nextBase({ base, seen, plan }: Sides, deeds: readonly Deed[]): Both<Snapshot> {
  if (plan.link === 'waits') return base;
  const isDone = deeds.every((deed) => deed.isDone);
  if (plan.link === 'closes') return isDone ? bothOf((side) => closedSide(side, seen, deeds)) : base;
  const siebel = sightAfter('siebel', seen, deeds);
  const exchange = sightAfter('exchange', seen, deeds);
  if (siebel === null || exchange === null) return base;
  const settling = { past: pastOf(base, siebel.item), seen, after: { siebel, exchange }, plan, deeds };
  const next = bothOf((side) => advanced(base[side], settledSide(side, settling)));
  return next.siebel === base.siebel && next.exchange === base.exchange ? base : next;
}

/** What is remembered of a side of a Link that closes: how it left, or what it keeps. */
function closedSide(side: Side, seen: Both<Snapshot>, deeds: readonly Deed[]): Snapshot {
  const deed = deeds.find(({ step }) => step.side === side);
  if (deed?.step.do !== 'remove') return seen[side];
  return { state: 'absent', why: deed.isGone ? 'deleted' : absenceAfter[deed.step.how] };
}

const absenceAfter: Readonly<Record<Removal, Absence>> = {
  delete: 'deleted',
  unlist: 'unmarked',
  unmark: 'unmarked',
};

/** A side after the deeds: what the base may take of it, and what it holds. */
type After = Readonly<{ item: Item; actual: Present }>;

/**
 * The base may take a side as read back in the fields that were written, and as seen in all others: what somebody else
 * changed between the look and the write is then still a change at the next look.
 */
function sightAfter(side: Side, seen: Both<Snapshot>, deeds: readonly Deed[]): After | null {
  const before = seen[side];
  const seenItem = before.state === 'present' ? before.item : null;
  const deed = deeds.find(({ step }) => step.side === side);
  if (!deed?.now) return before.state === 'present' ? { item: before.item, actual: before } : null;
  const { step, now } = deed;
  const start = seenItem ?? emptyLike(now.item);
  const item = fieldsOfAll([now.item, start])
    .filter((field) => writes(step, field))
    .reduce((item, field) => withValue(item, field, valueOf(now.item, field)), start);
  return { item: withCopyOf(item, now.item), actual: now };
}

/** What a mailbox says of its copy is no field that anybody writes: it is taken as it is. */
function withCopyOf(item: Item, now: Item): Item {
  return isAppointment(item) && isAppointment(now) ? { ...item, copy: now.copy } : item;
}

type Settling = Readonly<{
  past: Both<Item>;
  seen: Both<Snapshot>;
  after: Both<After>;
  plan: Plan;
  deeds: readonly Deed[];
}>;

/** What a change was measured against: at a first contact, nothing on either side. */
function pastOf({ siebel, exchange }: Both<Snapshot>, now: Item): Both<Item> {
  const isKnown = siebel.state === 'present' && exchange.state === 'present';
  return isKnown
    ? { siebel: siebel.item, exchange: exchange.item }
    : { siebel: emptyLike(now), exchange: emptyLike(now) };
}

/** The side with every field that may not advance put back to what the base had. */
function settledSide(side: Side, settling: Settling): After {
  const { past, after, plan, deeds } = settling;
  if (plan.held.length === 0 && deeds.every(({ isDone }) => isDone)) return after[side];
  const start = after[side].item;
  const item = fieldsOfAll([start, past[side]]).reduce((item, field) => {
    const value = heldBack(side, field, settling);
    return value === undefined ? item : withValue(item, field, value);
  }, start);
  return { item, actual: after[side].actual };
}

/** The value the base keeps for a field that may not advance; `undefined` where it may. */
function heldBack(side: Side, field: FieldName, settling: Settling): FieldValue | undefined {
  const { past, seen, after, plan, deeds } = settling;
  const isHeld = plan.held.some((held) => held.side === side && held.field === field);
  const undone = deeds.filter(({ step, isDone }) => !isDone && writes(step, field));
  if (!isHeld && undone.length === 0) return undefined;
  if (!isSet(field)) return valueOf(past[side], field);
  // Each side's members are a delivery of their own: the other side's may have arrived here, and this side's not there.
  if (!isHeld && undone.every(({ step }) => step.side !== across[side])) return undefined;
  const own = deltaOf(activeMembers(valueOf(past[side], field)), shownMembers(seen[side], field));
  const owed = owedTo(shownMembers(seen[across[side]], field), own);
  return undoDelta(membersOf(valueOf(after[side].item, field)), owed);
}

function shownMembers(seen: Snapshot, field: FieldName): readonly Member[] {
  return seen.state === 'present' ? activeMembers(valueOf(seen.item, field)) : [];
}

/**
 * A version stands for a whole content: a base that says less keeps an older one, so that a write with it is `stale`.
 * A base that says the same stays the very same, so that nothing needs storing.
 */
function advanced(base: Snapshot, { item, actual }: After): Present {
  const isWhole = sameItem(item, actual.item);
  const version = isWhole || base.state === 'absent' ? actual.version : base.version;
  const isSame = base.state === 'present' && base.ref === actual.ref && base.version === version;
  return isSame && sameItem(base.item, item) ? base : { ...actual, item, version };
}
