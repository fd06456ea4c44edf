import type { Both, Side } from '../../shared/domain.ts';
import {
  blankOf,
  fieldsOfAll,
  isBlank,
  isSet,
  kindOf,
  sameValue,
  valueOf,
  withValue,
} from './fields/item.ts';
import { applyDelta, deltaOf, owedTo, undoDelta, type SetDelta } from './fields/set.ts';
import { activeMembers, membersOf } from './fields/shape.ts';
import type { Rules } from './policy.ts';
import { across, bothOf, eachSide } from './side.ts';
import type { Item } from './snapshot.ts';
import type { FieldName, FieldValue } from './step.ts';

/** What a side is to be given: the fields to write, and the whole item as it will be. */
type Patch = Readonly<{ fields: readonly FieldName[]; item: Item }>;

/** What a person answered to earlier questions: the side whose value is to hold. */
export type Decisions = Readonly<Partial<Record<FieldName, Side>>>;

export type Merge = Readonly<{
  patch: Both<Patch | null>;
  /** Both sides wrote the same field. `winner` is `null` while a person is asked; then the field waits on both sides. */
  conflicts: readonly Readonly<{
    field: FieldName;
    siebel: FieldValue;
    exchange: FieldValue;
    winner: Side | null;
  }>[];
  /** Changes seen on a side that may not travel (direction, level, open question): their base stays where it is. */
  held: readonly Readonly<{ side: Side; field: FieldName }>[];
}>;

export type MergeInput = Readonly<{
  base: Both<Item | null>;
  seen: Both<Item>;
  rules: Rules;
  decisions?: Decisions;
}>;

/**
 * Brings the two sides' changes together, field by field. Without a base on either side it is a first contact: what is
 * filled counts as written, so blanks never erase, and two different values are a conflict like any other.
 */
export function mergeItems(input: MergeInput): Merge {
  const rulings = sightsOf(input).map((sight) => [sight.field, rulingOf(sight, input)] as const);
  return {
    patch: bothOf((side) => patchOf(side, input.seen[side], rulings)),
    conflicts: rulings.flatMap(([, ruling]) => ruling.conflict ?? []),
    held: rulings.flatMap(([field, ruling]) => ruling.held.map((side) => ({ side, field }))),
  };
}

/** Whether a change made on the other side may be written to this one: the rules let it and the side can store it. */
export function mayWrite(rules: Rules, field: FieldName, to: Side): boolean {
  return rules.mayTravel(field, to) && rules.holds[to](field);
}

/** One field as both sides show it. `hasMoved`: that side changed something, this field or another, that is brought over. */
type Sight = Readonly<{
  field: FieldName;
  base: Both<FieldValue>;
  seen: Both<FieldValue>;
  isChanged: Both<boolean>;
  hasMoved: Both<boolean>;
  isFirst: boolean;
}>;

/** What is written where, who lost, and whose change waits. */
type Ruling = Readonly<{
  write: Readonly<Partial<Record<Side, FieldValue>>>;
  conflict: Merge['conflicts'][number] | null;
  held: readonly Side[];
}>;

const nothing: Ruling = { write: {}, conflict: null, held: [] };

function sightsOf({ base, seen, rules }: MergeInput): Sight[] {
  const isFirst = base.siebel === null || base.exchange === null;
  const items = [seen.siebel, seen.exchange, base.siebel, base.exchange].filter((item) => item !== null);
  const sights = fieldsOfAll(items).flatMap((field) => {
    const values = bothOf((side) => valueOf(seen[side], field));
    const past = bothOf((side) => basisOf(isFirst ? null : base[side], field));
    const isChanged = bothOf((side) => !sameValue(field, past[side], values[side]));
    return isChanged.siebel || isChanged.exchange
      ? [{ field, base: past, seen: values, isChanged, isFirst }]
      : [];
  });
  const hasMoved = bothOf((side) =>
    sights.some(
      ({ field, isChanged, seen }) =>
        isChanged[side] &&
        mayWrite(rules, field, across[side]) &&
        !sameValue(field, seen.siebel, seen.exchange),
    ),
  );
  return sights.map((sight) => ({ ...sight, hasMoved }));
}

function basisOf(item: Item | null, field: FieldName): FieldValue {
  return item === null ? blankOf(field) : valueOf(item, field);
}

function rulingOf(sight: Sight, input: MergeInput): Ruling {
  const { field, seen, isChanged } = sight;
  if (sameValue(field, seen.siebel, seen.exchange)) return nothing;
  if (eachSide.every((side) => !input.rules.holds[side](field))) return nothing;
  if (isSet(field)) return setRuling(sight, input.rules);
  if (kindOf(field) === 'rule' && isSettledRule(sight)) return nothing;
  if (isChanged.siebel && isChanged.exchange) return conflictRuling(sight, input);
  return loneRuling(sight, isChanged.siebel ? 'siebel' : 'exchange', input);
}

/**
 * At a first contact, two rules that both say how a series repeats are left as they are: Siebel holds what it can of
 * Outlook's, and Outlook's own is exact.
 */
function isSettledRule({ isFirst, seen }: Sight): boolean {
  return isFirst && seen.siebel !== null && seen.exchange !== null;
}

function loneRuling(sight: Sight, source: Side, { rules, decisions }: MergeInput): Ruling {
  const { field, seen } = sight;
  const target = across[source];
  // Somebody said that the other side's value is to hold although only this one was written: the edit is undone.
  if (decisions?.[field] === target && mayWrite(rules, field, source)) {
    return { ...nothing, write: { [source]: seen[target] } };
  }
  if (!rules.holds[target](field)) return nothing;
  if (rules.mayTravel(field, target)) return { ...nothing, write: { [target]: seen[source] } };
  if (isMastered(sight, source, rules)) {
    // A first contact leaves alone what stands opposite a blank; later, the next change of the other side puts it right.
    if (sight.isFirst) return nothing;
    if (sight.hasMoved[target]) return { ...nothing, write: { [source]: seen[target] } };
  }
  return { ...nothing, held: [source] };
}

/** Whether the field only comes to this side, from one that can hold it, and strays here are put right. */
function isMastered({ field }: Sight, side: Side, rules: Rules): boolean {
  return rules.putsRight[side] && mayWrite(rules, field, side) && rules.holds[across[side]](field);
}

/** Where the field travels one way only, its source wins whatever the policy says of conflicts. */
function conflictRuling({ field, seen }: Sight, { rules, decisions }: MergeInput): Ruling {
  const isOpen = bothOf((side) => mayWrite(rules, field, side));
  if (!isOpen.siebel && !isOpen.exchange) return { ...nothing, held: eachSide };
  const winner = isOpen.siebel && isOpen.exchange ? winnerOf(field, rules, decisions) : sourceOf(isOpen);
  const conflict = { field, siebel: seen.siebel, exchange: seen.exchange, winner };
  if (winner === null) return { ...nothing, conflict, held: eachSide };
  return { ...nothing, conflict, write: { [across[winner]]: seen[winner] } };
}

function winnerOf(field: FieldName, rules: Rules, decisions: Decisions = {}): Side | null {
  const ruled = rules.winner(field);
  return decisions[field] ?? (ruled === 'ask' ? null : ruled);
}

function sourceOf(isOpen: Both<boolean>): Side {
  return isOpen.exchange ? 'siebel' : 'exchange';
}

/** Sets merge member by member: each side is given what the other put in and loses what the other took out. */
function setRuling(sight: Sight, rules: Rules): Ruling {
  const { field, base, seen, isChanged, hasMoved } = sight;
  const written = bothOf((side) => deltaOf(activeMembers(base[side]), activeMembers(seen[side])));
  const moves = bothOf((side) => movesOf(field, written[side], { to: across[side], rules }));
  const delta = bothOf((side) => moves[side].now);
  const travels = bothOf((side) => isChanged[side] && mayWrite(rules, field, across[side]));
  const isStray = bothOf(
    (side) => isChanged[side] && !travels[side] && rules.holds[across[side]](field) && !sight.isFirst,
  );
  const value = bothOf((side) => {
    const own = membersOf(seen[side]);
    const isPutRight = isStray[side] && isMastered(sight, side, rules) && hasMoved[across[side]];
    const start = isPutRight ? undoDelta(own, owedTo(membersOf(seen[across[side]]), written[side])) : own;
    if (!travels[across[side]]) return start;
    // What one side put in stays, even if the other, which never showed it as new, took it out.
    const { added, removed } = delta[across[side]];
    const mine = isPutRight ? [] : written[side].added;
    return applyDelta(start, { added: [...added, ...mine], removed });
  });
  const changed = eachSide.filter((side) => !sameValue(field, seen[side], value[side]));
  return {
    conflict: null,
    write: Object.fromEntries(changed.map((side) => [side, value[side]])),
    held: eachSide.filter((side) => isStray[side] || (travels[side] && moves[side].isLater)),
  };
}

/** What of a set's change may be brought over now, and whether some of it waits. What never may is forgotten. */
function movesOf(
  field: FieldName,
  delta: SetDelta,
  { to, rules }: Readonly<{ to: Side; rules: Rules }>,
): Readonly<{ now: SetDelta; isLater: boolean }> {
  const when = (change: 'added' | 'removed') =>
    delta[change].map((member) => ({ member, when: rules.mayMove({ field, member, change, to }) }));
  const added = when('added');
  const removed = when('removed');
  const now = (moves: typeof added) => moves.flatMap((move) => (move.when === 'now' ? [move.member] : []));
  return {
    now: { added: now(added), removed: now(removed) },
    isLater: [...added, ...removed].some((move) => move.when === 'later'),
  };
}

function patchOf(side: Side, seen: Item, rulings: readonly (readonly [FieldName, Ruling])[]): Patch | null {
  const written = rulings.flatMap(([field, { write }]) => {
    const value = write[side];
    return value === undefined ? [] : [{ field, value }];
  });
  if (written.length === 0) return null;
  return {
    fields: written.map(({ field }) => field),
    item: written.reduce((item, { field, value }) => withValue(item, field, value), seen),
  };
}

/**
 * The item a side is to be given when it has none: what the other side shows in every field that may travel, over what
 * this side held before, so that an item that comes back has lost nothing the other side cannot hold. `put` names the
 * fields of which a part is put off.
 */
export function bornItem(input: {
  to: Side;
  before: Item | null;
  from: Item;
  rules: Rules;
  empty: Item;
}): Readonly<{ item: Item; put: readonly FieldName[] }> {
  const { to, before, from, rules } = input;
  const start = before ?? input.empty;
  const put: FieldName[] = [];
  const item = fieldsOfAll([start, from]).reduce((born, field) => {
    const value = bornValue(field, valueOf(from, field), { to, rules, put });
    const isUnknown = !rules.holds[across[to]](field) && isBlank(field, value);
    // Private stays private: no direction or switch may turn a private item into an open one.
    const comes = field === 'isPrivate' || rules.mayTravel(field, to);
    if (comes && !isUnknown) return withValue(born, field, value);
    // Guests of an item that comes back are invited anew.
    return isSet(field)
      ? withValue(born, field, bornValue(field, valueOf(born, field), { to, rules, put }))
      : born;
  }, start);
  return { item, put };
}

/** Of a set, the members that may come now. */
function bornValue(
  field: FieldName,
  value: FieldValue,
  { to, rules, put }: Readonly<{ to: Side; rules: Rules; put: FieldName[] }>,
): FieldValue {
  if (!isSet(field)) return value;
  const moves = movesOf(field, { added: activeMembers(value), removed: [] }, { to, rules });
  if (moves.isLater) put.push(field);
  return moves.now.added;
}
