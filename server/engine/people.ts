import { appointmentFields } from '../../shared/appointment.ts';
import { contactFields } from '../../shared/contact.ts';
import { domains, type Both, type Domain } from '../../shared/domain.ts';
import { domainOfKind, type ItemKind } from '../../shared/item.ts';
import { taskFields } from '../../shared/task.ts';
import type { Policy } from '../../shared/policy.ts';
import type { Holder } from '../connectors/connector.ts';
import { resolvePolicy, type PersonInput, type Rules } from '../core/policy.ts';
import type { FieldName } from '../core/step.ts';
import { windowOf, type DayWindow } from '../core/window.ts';
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
  rulesFor: (kind: ItemKind) => Rules;
  /** What those rules were resolved from, as the journal keeps it. */
  ruling: (kind: ItemKind) => Ruling;
}>;

export type Ruling = Readonly<{
  policyVersion: number;
  kind: ItemKind;
  person: PersonInput;
  /** The fields each side can store. */
  held: Both<readonly FieldName[]>;
}>;

/** The kind that stands for a domain where a person's level in it is asked. */
export const mainKind = {
  contact: 'business',
  appointment: 'appointment',
  task: 'task',
} as const satisfies Record<Domain, ItemKind>;

/** The days whose appointments or tasks are kept in step for a person. */
export function windowFor({ row, policy }: Person, domain: Domain, now: Temporal.Instant): DayWindow {
  if (domain === 'contact') return { from: null, to: null };
  const { pastDays, futureDays } = policy.domains[domain];
  const today = now
    .toZonedDateTimeISO(row.time_zone ?? 'UTC')
    .toPlainDate()
    .toString();
  return windowOf({ today, extractFrom: row.extract_from, pastDays, futureDays });
}

/** The domains that are on for a person. */
export function domainsOf({ rulesFor }: Person): readonly Domain[] {
  return domains.filter((domain) => rulesFor(mainKind[domain]).level !== 'none');
}

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
  const known = new Map<ItemKind, Rules>();
  const rulesFor = (kind: ItemKind): Rules => {
    const holds = holdsIn(engine, domainOfKind[kind], document);
    const rules = known.get(kind) ?? resolvePolicy({ policy: document, kind, person, holds });
    known.set(kind, rules);
    return rules;
  };
  const ruling = (kind: ItemKind): Ruling => {
    const fields = fieldsIn(document, domainOfKind[kind]);
    const holds = holdsIn(engine, domainOfKind[kind], document);
    return {
      policyVersion: version,
      kind,
      person,
      held: {
        siebel: fields.filter(holds.siebel),
        exchange: fields.filter(holds.exchange),
      },
    };
  };
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

function holdsIn(
  { siebel, exchange }: Pick<Engine, 'siebel' | 'exchange'>,
  domain: Domain,
  { activityTypeFilter }: Policy,
) {
  // Outlook knows an activity's type as a category, where the policy says so.
  const isTyped = activityTypeFilter.enabled && domain !== 'contact';
  return {
    siebel: (field: FieldName) => siebel.holds(domain, field),
    exchange: (field: FieldName) => (isTyped && field === 'activityType') || exchange.holds(domain, field),
  };
}

const ownFields = {
  contact: contactFields,
  appointment: appointmentFields,
  task: taskFields,
} as const satisfies Record<Domain, readonly FieldName[]>;

function fieldsIn({ domains }: Policy, domain: Domain): readonly FieldName[] {
  if (domain !== 'contact') return ownFields[domain];
  return [...contactFields, ...domains.contact.customFields.map(({ name }) => customField(name))];
}

function customField(name: string): FieldName {
  return `custom.${name}`;
}
