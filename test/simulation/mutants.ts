import type { Both } from '../../shared/domain.ts';
import { bothOf } from '../../server/core/side.ts';
import type { Plan } from '../../server/core/plan.ts';
import type { Settled, SettleInput } from '../../server/core/settle.ts';
import type { Snapshot } from '../../server/core/snapshot.ts';
import type { Outcome } from '../../server/core/step.ts';
import { realBrain, type Brain } from './state.ts';

/** Deliberately broken ways to decide and to settle; a simulation that lets one of them pass proves nothing. */
export const mutants: readonly Readonly<{ name: string; brain: Brain }>[] = [
  {
    name: 'the base advances whether or not the write succeeded',
    brain: settling((input) => ({
      ...realBrain.settle({ ...input, outcomes: allDone(input) }),
      isSettled: true,
    })),
  },
  {
    name: 'the base advances only when every write of the turn succeeded',
    brain: settling((input, settled) => (settled.isSettled ? settled : { ...settled, base: input.base })),
  },
  {
    name: 'both sides share one base',
    brain: settling((_, settled) => {
      const { siebel, exchange } = settled.base;
      if (siebel.state === 'absent' || exchange.state === 'absent') return settled;
      return { ...settled, base: { siebel, exchange: { ...exchange, item: siebel.item } } };
    }),
  },
  {
    name: 'a read-back is taken whole, with what others wrote meanwhile',
    brain: settling((input, settled) => ({
      ...settled,
      base: bothOf((side) => withItem(settled.base[side], writtenBack(input, side))),
    })),
  },
  {
    name: 'an open question is forgotten once it is asked',
    brain: settling((input) => realBrain.settle({ ...input, plan: { ...input.plan, held: [] } })),
  },
  {
    name: 'the base stands for the sight although something was not delivered',
    brain: settling((_, settled) => ({
      ...settled,
      isSettled: true,
      needsLook: false,
      isWhole: { siebel: true, exchange: true },
    })),
  },
  {
    name: 'the losing value is not kept',
    brain: settling((_, settled) => ({ ...settled, lost: [] })),
  },
  {
    name: 'whoever wrote the record last wins all of it',
    brain: deciding((plan) => {
      const [first] = plan.steps;
      return plan.steps.length === 2 && first ? { ...plan, steps: [first] } : plan;
    }),
  },
  {
    name: 'blanks erase at the first contact',
    brain: {
      ...realBrain,
      reconcile: (base, seen, rules, decisions) =>
        realBrain.reconcile(asIfAgreed(base, seen), seen, rules, decisions),
    },
  },
  {
    name: 'an Outlook copy that is only un-marked counts as deleted',
    brain: {
      ...realBrain,
      reconcile: (base, seen, rules, decisions) => {
        const { exchange } = seen;
        const isUnmarked = exchange.state === 'absent' && exchange.why === 'unmarked';
        const deleted: Snapshot = { state: 'absent', why: 'deleted' };
        const believed = isUnmarked ? { ...seen, exchange: deleted } : seen;
        return realBrain.reconcile(base, believed, rules, decisions);
      },
    },
  },
];

function settling(settle: (input: SettleInput, settled: Settled) => Settled): Brain {
  return { ...realBrain, settle: (input) => settle(input, realBrain.settle(input)) };
}

function deciding(decide: (plan: Plan) => Plan): Brain {
  return { ...realBrain, reconcile: (...situation) => decide(realBrain.reconcile(...situation)) };
}

/** Outcomes as if every write had gone through and stored just what it was given. */
function allDone({ plan, seen, outcomes }: SettleInput): readonly Outcome[] {
  return plan.steps.map((step, index): Outcome => {
    const known = outcomes[index];
    if (known?.outcome === 'done') return known;
    const there = seen[step.side];
    if (step.do === 'remove' || there.state === 'absent') return { outcome: 'done', now: null, notes: [] };
    return {
      outcome: 'done',
      now: { ...there, item: step.do === 'update' ? step.item : there.item },
      notes: [],
    };
  });
}

function writtenBack({ plan, outcomes }: SettleInput, side: 'siebel' | 'exchange'): Snapshot | null {
  const index = plan.steps.findIndex((step) => step.side === side);
  const outcome = outcomes[index];
  return outcome?.outcome === 'done' ? outcome.now : null;
}

function withItem(base: Snapshot, now: Snapshot | null): Snapshot {
  return base.state === 'present' && now?.state === 'present' ? { ...base, item: now.item } : base;
}

/** Siebel's item as the agreed past of both sides: what Outlook lacks then looks erased. */
function asIfAgreed(base: Both<Snapshot>, seen: Both<Snapshot>): Both<Snapshot> {
  const { siebel, exchange } = seen;
  const isFirst = base.siebel.state === 'absent' && base.exchange.state === 'absent';
  if (!isFirst || siebel.state === 'absent' || exchange.state === 'absent') return base;
  return { siebel, exchange: { ...exchange, item: siebel.item } };
}
