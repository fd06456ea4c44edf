import { contactFields, type ContactKind } from '../../shared/contact.ts';
import type { Both } from '../../shared/domain.ts';
import type { Policy } from '../../shared/policy.ts';
import type { Holder } from '../connectors/connector.ts';
import { resolvePolicy, type PersonInput, type Rules } from '../core/policy.ts';
import type { FieldName } from '../core/step.ts';
import { holderFor } from '../holder.ts';
import { peopleAtWork, type PersonRow } from '../store/people-at-work.ts';
import { currentPolicy, type PolicyVersion } from '../store/policy.ts';
import type { Engine } from './engine.ts';

/** A person at work: the row, what the connectors need, and the rules that hold for them. */
export type Person = Readonly<{
  row: PersonRow;
  holder: Holder;
  policy: Policy;
  policyVersion: number;
  rulesFor: (kind: ContactKind) => Rules;
  /** What those rules were resolved from, as the journal keeps it. */
  ruling: (kind: ContactKind) => Ruling;
}>;

export type Ruling = Readonly<{
  policyVersion: number;
  kind: ContactKind;
  person: PersonInput;
  /** The fields each side can store. */
  held: Both<readonly FieldName[]>;
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
export async function policyNow(engine: Pick<Engine, 'db' | 'usePolicy'>): Promise<PolicyVersion> {
  const policy = await currentPolicy(engine.db);
  engine.usePolicy(policy.document);
  return policy;
}

export function personOf(
  engine: Pick<Engine, 'siebel' | 'exchange'>,
  row: PersonRow,
  { version, document }: PolicyVersion,
): Person {
  const person = inputOf(row);
  const holds = { siebel: engine.siebel.holds, exchange: engine.exchange.holds };
  const known = new Map<ContactKind, Rules>();
  const rulesFor = (kind: ContactKind): Rules => {
    const rules = known.get(kind) ?? resolvePolicy({ policy: document, kind, person, holds });
    known.set(kind, rules);
    return rules;
  };
  const fields = [
    ...contactFields,
    ...document.domains.contact.customFields.map(({ name }) => customField(name)),
  ];
  const ruling = (kind: ContactKind): Ruling => ({
    policyVersion: version,
    kind,
    person,
    held: { siebel: fields.filter(holds.siebel), exchange: fields.filter(holds.exchange) },
  });
  return {
    row,
    policy: document,
    policyVersion: version,
    rulesFor,
    ruling,
    holder: holderFor(row, document),
  };
}

function inputOf(row: PersonRow): PersonInput {
  return {
    mailbox: row.mailbox,
    levels: row.levels,
    groups: {
      position: row.positions.map((position) => position.name),
      organization: row.positions.flatMap((position) => position.organization ?? []),
    },
  };
}

function customField(name: string): FieldName {
  return `custom.${name}`;
}
