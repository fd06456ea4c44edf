/* oxlint-disable typescript/no-unsafe-type-assertion -- the journal keeps what the engine wrote */
import type { Policy } from '../../shared/policy.ts';
import { meetingRules } from '../../server/core/meeting.ts';
import { reconcile } from '../../server/core/plan.ts';
import { resolvePolicy } from '../../server/core/policy.ts';
import type { Ruling } from '../../server/engine/people.ts';
import type { Pass } from '../../server/engine/turn-state.ts';

type Replay = Readonly<{ rules: Ruling; passes: Readonly<Record<string, Pass>> }>;

/** L11: decided again from what the journal keeps, every plan is the same; those that are not. */
export function replaysOf(entries: readonly Readonly<{ replay: unknown }>[], policy: Policy): string[] {
  return entries.flatMap(({ replay }) => {
    const { rules, passes } = replay as Replay;
    return Object.entries(passes).flatMap(([side, pass]) => {
      const again = JSON.stringify(sorted(decidedAgain(rules, pass, policy)));
      const was = JSON.stringify(sorted(pass.plan));
      return again === was ? [] : [`a plan for ${side} is decided otherwise again: ${was} / ${again}`];
    });
  });
}

function decidedAgain({ kind, person, held }: Ruling, pass: Pass, policy: Policy): unknown {
  const holds = {
    siebel: (field: string) => held.siebel.some((one) => one === ruled(field)),
    exchange: (field: string) => held.exchange.some((one) => one === ruled(field)),
  };
  const { base, seen, isKept, meeting, decisions } = pass;
  const own = { ...resolvePolicy({ policy, kind, person, holds }), isKept };
  return reconcile(base, seen, meeting === null ? own : meetingRules(own, meeting), decisions);
}

/** An occurrence goes the way of its series' rule. */
function ruled(field: string): string {
  return field.startsWith('occurrence.') ? 'recurrence' : field;
}

/** As the database gives it back: keys in any order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
}
