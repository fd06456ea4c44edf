import type { Both, Domain } from '../../shared/domain.ts';
import { lostValues } from '../../server/core/lost.ts';
import { mayWrite } from '../../server/core/merge.ts';
import type { Rules } from '../../server/core/policy.ts';
import { across, bothOf, eachSide } from '../../server/core/side.ts';
import { never, type Snapshot } from '../../server/core/snapshot.ts';
import type { FieldName, Outcome, Step } from '../../server/core/step.ts';
import { begin } from './begin.ts';
import { judge } from './judge.ts';
import type { Token } from './ledger.ts';
import { answerAll, edit, removeItem, write } from './people.ts';
import { chanceFrom } from './random.ts';
import { realBrain, type Brain, type History } from './state.ts';

/** Lives one history and says what went wrong; nothing, if all is well. */
export function live(
  seed: number,
  { brain = realBrain, domain = 'contact' }: Readonly<{ brain?: Brain; domain?: Domain }> = {},
): Readonly<{ violations: readonly string[]; turns: number }> {
  const history = begin(chanceFrom(seed), { brain, domain });
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

/** A Link that ended begins anew with what stands on both sides. */
function reopen(history: History): void {
  const { sides, ledger, played } = history;
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

/** One turn: look, decide, do, settle. With faults, writes fail and people write in between. Answers how much it wrote. */
function turn(history: History, isFaulty: boolean): number {
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
  for (const side of eachSide) history.ledger.showed(side, sides[side].item, history.played);
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
    const others = history.played.filter((field) => !step.fields.includes(field));
    write(history, step.side, chance.pick(others));
  }
  return store.answer(step);
}

function doStep({ sides, ledger, rules, played }: History, step: Step): 'done' | 'stale' | 'gone' {
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
