import type { ContactKind } from '../../shared/contact.ts';
import type { Policy } from '../../shared/policy.ts';
import type { Holder } from '../connectors/connector.ts';
import { resolvePolicy, type Rules } from '../core/policy.ts';
import { holderFor } from '../holder.ts';
import { peopleAtWork, type PersonRow } from '../store/people-at-work.ts';
import { currentPolicy } from '../store/policy.ts';
import type { Engine } from './engine.ts';

/** A person at work: the row, what the connectors need, and the rules that hold for them. */
export type Person = Readonly<{
  row: PersonRow;
  holder: Holder;
  policy: Policy;
  rulesFor: (kind: ContactKind) => Rules;
}>;

export async function loadPeople(
  engine: Engine,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Person>> {
  const rows = await peopleAtWork(engine.db, [...new Set(ids)]);
  const policy = await policyNow(engine);
  return new Map(rows.map((row) => [row.id, personOf(engine, row, policy)]));
}

/** The policy that holds now, known to the connectors too. */
export async function policyNow(engine: Pick<Engine, 'db' | 'usePolicy'>): Promise<Policy> {
  const policy = (await currentPolicy(engine.db)).document;
  engine.usePolicy(policy);
  return policy;
}

export function personOf(
  engine: Pick<Engine, 'siebel' | 'exchange'>,
  row: PersonRow,
  policy: Policy,
): Person {
  const known = new Map<ContactKind, Rules>();
  const rulesFor = (kind: ContactKind): Rules => {
    const rules = known.get(kind) ?? resolveFor(engine, { row, policy, kind });
    known.set(kind, rules);
    return rules;
  };
  return { row, policy, rulesFor, holder: holderFor(row, policy) };
}

function resolveFor(
  engine: Pick<Engine, 'siebel' | 'exchange'>,
  { row, policy, kind }: { row: PersonRow; policy: Policy; kind: ContactKind },
): Rules {
  return resolvePolicy({
    policy,
    kind,
    person: {
      mailbox: row.mailbox,
      levels: row.levels,
      groups: {
        position: row.positions.map((position) => position.name),
        organization: row.positions.flatMap((position) => position.organization ?? []),
      },
    },
    holds: { siebel: engine.siebel.holds, exchange: engine.exchange.holds },
  });
}
