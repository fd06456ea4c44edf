import { defaultPolicy, type Policy } from '../../shared/policy.ts';
import type { Both, Side } from '../../shared/domain.ts';
import {
  emptyItem,
  isBlank,
  kindOf,
  membersOf,
  valueOf,
  withValue,
} from '../../server/core/fields/contact.ts';
import { mayWrite, type Decisions } from '../../server/core/merge.ts';
import { reconcile } from '../../server/core/plan.ts';
import { resolvePolicy, type Rules } from '../../server/core/policy.ts';
import { lostValues } from '../../server/core/lost.ts';
import { settle } from '../../server/core/settle.ts';
import { across, bothOf, eachSide } from '../../server/core/side.ts';
import { never, type Snapshot } from '../../server/core/snapshot.ts';
import type { FieldName, FieldValue, Outcome, Step } from '../../server/core/step.ts';
import { Ledger, type Token } from './ledger.ts';
import { judge } from './judge.ts';
import { chanceFrom, type Chance } from './random.ts';
import { SimulatedSide } from './side.ts';

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

/** Lives one history and says what went wrong; nothing, if all is well. */
export function live(
  seed: number,
  brain: Brain = realBrain,
): Readonly<{ violations: readonly string[]; turns: number }> {
  const history = begin(chanceFrom(seed), brain);
  const { chance } = history;
  try {
    for (let left = 10 + chance.below(30); left > 0; left -= 1) chance.pick(deeds)(history);
    settleDown(history);
    if (history.asked.length > 0 && chance.is(0.7)) {
      answerAll(history);
      settleDown(history);
    }
    history.violations.push(...judge(history));
  } catch (error) {
    history.violations.push(String(error));
  }
  return { violations: history.violations, turns: history.turns };
}

const deeds: readonly ((history: History) => void)[] = [
  ...Array.from({ length: 7 }, () => edit),
  ...Array.from({ length: 8 }, () => (history: History) => turn(history, true)),
  ...Array.from({ length: 2 }, () => reopen),
  (history) => {
    if (history.chance.is(0.4)) removeItem(history, history.chance.pick(eachSide));
  },
  (history) => {
    const side = history.chance.pick(eachSide);
    if (history.base[side].state === 'absent' || history.chance.is(0.6)) return;
    history.sides[side].isIn = false;
    history.sides[side].touch();
  },
  (history) => {
    if (history.chance.is(0.1)) history.sides.exchange.isHidden = true;
    history.sides.exchange.touch();
  },
  answerAll,
];

function begin(chance: Chance, brain: Brain): History {
  const cut = chance.is(0.7) ? 8 : 255;
  const sides = {
    siebel: new SimulatedSide('siebel', { holds: (field) => field !== 'spouse', cut }),
    exchange: new SimulatedSide('exchange', { holds: () => true, cut: 255 }),
  };
  const history: History = {
    chance,
    brain,
    sides,
    rules: anyRules(chance, sides),
    ledger: new Ledger(),
    violations: [],
    failing: 0.25 + chance.next() * 0.25,
    // A lost answer to a write that was cut short looks like a person's edit; only a journal of intents could tell.
    mayLoseAnswers: cut > 8,
    base: { siebel: never, exchange: never },
    isOpen: true,
    mustLook: true,
    decisions: {},
    asked: [],
    isUnsure: false,
    turns: 0,
  };
  const born = chance.pick([['siebel'], ['exchange'], ['siebel', 'exchange']] as const);
  for (const side of born) sides[side].write([], emptyItem);
  for (const side of born) for (const field of played) if (chance.is(0.5)) write(history, side, field);
  history.ledger.met(
    bothOf((side) => sides[side].item),
    played,
  );
  return history;
}

function anyRules(chance: Chance, sides: Both<SimulatedSide>): Rules {
  const contact = defaultPolicy.domains.contact;
  const field = { enabled: true, direction: 'both', conflictWinner: null, siebelField: null } as const;
  const policy: Policy = {
    ...defaultPolicy,
    domains: {
      ...defaultPolicy.domains,
      contact: {
        ...contact,
        level: chance.pick(['full', 'full', 'full', 'full', 'export-only', 'import-only'] as const),
        conflictWinner: chance.pick(['siebel', 'siebel', 'exchange', 'ask'] as const),
        editAgainstDelete: chance.pick(['edit-wins', 'edit-wins', 'delete-wins'] as const),
        deletions: { inSiebel: chance.is(0.8), inExchange: chance.is(0.8) },
        fields: {
          ...contact.fields,
          jobTitle: { ...field, direction: 'to-exchange' },
          office: { ...field, direction: 'to-siebel' },
          manager: { ...field, enabled: false },
        },
      },
    },
  };
  const person = { mailbox: 'ana@example.com', groups: { position: [], organization: [] }, levels: {} };
  const kind = chance.pick(['business', 'business', 'personal', 'employee'] as const);
  return resolvePolicy({ policy, kind, person, holds: bothOf((side) => sides[side].holds) });
}

function edit(history: History): void {
  write(history, history.chance.pick(eachSide), history.chance.pick(played));
}

/** A person writes one field: a new text, an erasure, or a member put into or taken out of the set. */
function write(history: History, side: Side, field: FieldName): void {
  const { chance, ledger, sides, base } = history;
  const store = sides[side];
  const { item } = store;
  if (item === null || !store.holds(field)) return;
  const id = ledger.nextId();
  const value = store.stored(field, newValue({ chance, id, field, old: valueOf(item, field) }));
  const isRival =
    history.isUnsure || isUnagreed(history, field) || eachSide.some((one) => base[one].state === 'absent');
  ledger.wrote({ id, side, field, value, before: item, isRival });
  store.write([field], withValue(item, field, value));
  ledger.showed(side, store.item, played);
}

/** The sides have not yet agreed on the field: before the first contact is through, or after it began anew. */
function isUnagreed({ base, sides }: History, field: FieldName): boolean {
  return eachSide.every((side) => {
    const { item } = sides[side];
    const agreed = base[side].state === 'present' ? valueOf(base[side].item, field) : null;
    return isBlank(field, agreed) && item !== null && !isBlank(field, valueOf(item, field));
  });
}

function newValue(input: { chance: Chance; id: string; field: FieldName; old: FieldValue }): FieldValue {
  const { chance, id, field, old } = input;
  if (kindOf(field) !== 'set') {
    return chance.is(0.15) ? null : `${chance.is(0.2) ? ' ' : ''}${id}.${'long'.repeat(chance.below(4))} `;
  }
  const members = membersOf(old);
  if (members.length > 0 && chance.is(0.5)) return members.filter((one) => one !== members[0]);
  return [...members, `${id}.`];
}

function removeItem({ sides, ledger }: History, side: Side): void {
  const { item } = sides[side];
  if (item === null) return;
  ledger.deleted(item, played);
  sides[side].vanish();
}

/** A Link that ended begins anew with what stands on both sides. */
function reopen(history: History): void {
  const { sides, ledger } = history;
  const items = bothOf((side) => sides[side].item);
  if (history.isOpen || (items.siebel === null && items.exchange === null)) return;
  for (const side of eachSide) {
    sides[side].isIn = true;
    sides[side].isHidden = false;
  }
  ledger.met(items, played);
  for (const side of eachSide) ledger.showed(side, items[side], played);
  history.base = { siebel: never, exchange: never };
  history.decisions = {};
  history.mustLook = true;
  history.isOpen = true;
}

function answerAll(history: History): void {
  history.decisions = Object.fromEntries(
    history.asked.map((field) => [field, history.chance.pick(eachSide)]),
  );
  if (history.asked.length > 0) history.mustLook = true;
}

/** One turn: look, decide, do, settle. With faults, writes fail and people write in between. Answers how much it wrote. */
export function turn(history: History, isFaulty: boolean): number {
  if (!history.isOpen) return 0;
  const { brain, rules, chance, sides, base } = history;
  history.turns += 1;
  const seen = lookAt(history, isFaulty);
  const plan = brain.reconcile(base, seen, rules, history.decisions);
  if (isFaulty && chance.is(0.15)) edit(history);
  const unheard: Step[] = [];
  const outcomes = plan.steps.map((step) => carryOut(history, { step, isFaulty, unheard }));
  const settled = brain.settle({ base, seen, plan, outcomes });
  if (unheard.length > 0) history.isUnsure = true;
  // The journal holds the plan and the sight of a turn whose answer never came: what was taken away can be read from them.
  const lost = [...settled.lost, ...unheard.flatMap((step) => lostValues(step, { base, seen }))];
  for (const side of eachSide) history.ledger.showed(side, sides[side].item, played);
  const isRemoval = plan.steps.some((step) => step.do === 'remove');
  history.violations.push(
    ...history.ledger.lost(lost, (token) => history.isUnsure || mayLose(rules, token, isRemoval)),
  );
  history.base = settled.base;
  history.mustLook = !settled.isSettled || settled.needsLook || !settled.isWhole.exchange;
  history.asked = plan.conflicts.flatMap(({ field, winner }) => (winner === null ? [field] : []));
  if (settled.isSettled && history.asked.length === 0) history.decisions = {};
  if (settled.isSettled && plan.link === 'closes') history.isOpen = false;
  return plan.steps.length;
}

function lookAt({ sides, base, mustLook, chance }: History, isFaulty: boolean): Both<Snapshot> {
  const isBlind = isFaulty && base.siebel.state === 'present' && chance.is(0.03);
  const { exchange } = sides;
  const mayTakeBase = !mustLook && !exchange.isReported;
  exchange.isReported = false;
  return {
    siebel: isBlind ? never : sides.siebel.look(base.siebel),
    exchange: mayTakeBase ? base.exchange : exchange.look(base.exchange),
  };
}

function carryOut(
  history: History,
  { step, isFaulty, unheard }: { step: Step; isFaulty: boolean; unheard: Step[] },
): Outcome | null {
  const { chance, failing, mayLoseAnswers, sides } = history;
  const store = sides[step.side];
  const lostAnswer: Outcome = { outcome: 'unreachable', reason: 'no answer', afterMs: null, reach: 'item' };
  if (isFaulty && chance.is(failing)) {
    if (mayLoseAnswers && chance.is(0.3) && doStep(history, step) === 'done') unheard.push(step);
    return chance.is(0.2) ? null : lostAnswer;
  }
  const result = doStep(history, step);
  if (result !== 'done') return { outcome: result };
  if (isFaulty && step.do === 'update' && chance.is(0.1)) {
    const others = played.filter((field) => !step.fields.includes(field));
    write(history, step.side, chance.pick(others));
  }
  return store.answer(step);
}

function doStep({ sides, ledger, rules }: History, step: Step): 'done' | 'stale' | 'gone' {
  const { item } = sides[step.side];
  const result = sides[step.side].carryOut(step);
  if (result === 'done' && item !== null && step.do === 'remove' && step.how === 'delete') {
    // What never left the side goes with it, unless the sync itself says that it took it.
    const isOwn = (field: FieldName) => !mayWrite(rules, field, across[step.side]);
    ledger.forgive(item, played.filter(isOwn));
  }
  return result;
}

/** An edit written alone is lost only where the rules say so: put right in Outlook, or deleted where deletions win. */
function mayLose(rules: Rules, token: Token, isRemoval: boolean): boolean {
  const mayLeave = mayWrite(rules, token.field, across[token.side]);
  if (isRemoval) return !mayLeave || rules.editAgainstDelete === 'delete-wins';
  return token.side === 'exchange' && !mayLeave && rules.mayTravel(token.field, 'exchange');
}

/** Nobody writes any more and nothing fails: it must come to rest, and stay there when everything is read again. */
function settleDown(history: History): void {
  const limit = 6;
  for (let round = 0; round < limit; round += 1) {
    history.mustLook = true;
    if (turn(history, false) === 0) {
      history.mustLook = true;
      if (turn(history, false) > 0) history.violations.push('A second look wrote again.');
      return;
    }
  }
  history.violations.push(`It did not come to rest in ${limit} turns.`);
}
