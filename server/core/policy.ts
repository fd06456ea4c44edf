import type { Both, Domain, Side } from '../../shared/domain.ts';
import { domainOfKind, type ItemKind } from '../../shared/item.ts';
import type { CustomField, FieldPolicy, Level, Policy } from '../../shared/policy.ts';
import type { Member } from './fields/set.ts';
import type { FieldName, Removal } from './step.ts';

/** The policy as it holds for one person and one kind of item: what `reconcile` asks. */
export type Rules = Readonly<{
  kind: ItemKind;
  level: Level;
  winner: (field: FieldName) => 'siebel' | 'exchange' | 'ask';
  /** Whether a change of the field may be brought to that side, by the level and the field's direction. */
  mayTravel: (field: FieldName, to: Side) => boolean;
  /** The same for one member of a set that was put in or taken out: `later` waits, `never` is left out for good. */
  mayMove: (move: MemberMove) => 'now' | 'later' | 'never';
  /** Whether that side can store the field at all. */
  holds: Both<(field: FieldName) => boolean>;
  /**
   * Whether values that strayed on that side, in fields that only come to it, are written back with the other side's next
   * change. Outlook copies are; Siebel's record is shared with people who may have written it through their own mailbox.
   */
  putsRight: Both<boolean>;
  /** What a removal on one side means for the other, where the level lets it through. */
  removals: Removals;
  editAgainstDelete: 'edit-wins' | 'delete-wins';
  /** Somebody said that the item is to stay: what is gone on one side is made again, nothing is removed on the other. */
  isKept: boolean;
  /** Who would be mailed by a step on the Outlook side; nobody where there are no guests. */
  mailed: (step: MailingStep) => readonly string[];
}>;

export type MemberMove = Readonly<{
  field: FieldName;
  member: Member;
  change: 'added' | 'removed';
  to: Side;
}>;

/** What is about to be done in Outlook, as far as guests would notice. */
type MailingStep =
  | Readonly<{ do: 'create'; invited: readonly Member[] }>
  | Readonly<{
      do: 'update';
      fields: readonly FieldName[];
      added: readonly Member[];
      removed: readonly Member[];
    }>
  | Readonly<{ do: 'remove' }>;

/**
 * `deletedInOutlook` is what a deletion in Outlook does in Siebel; the others are what Siebel's loss does to the copy:
 * `unmarked` when the record is not for the person any more, `outOfReach` when it left their sight.
 */
export type Removals = Readonly<{
  deletedInOutlook: Extract<Removal, 'delete' | 'unlist'> | 'close' | 'restore';
  unmarkedInOutlook: 'unlist' | 'close';
  deletedInSiebel: 'delete' | 'unmark' | 'close' | 'wait';
  unmarked: 'delete' | 'unmark' | 'close' | 'wait';
  outOfReach: 'delete' | 'unmark' | 'close' | 'wait';
}>;

export type PersonInput = Readonly<{
  mailbox: string;
  /** The names of the person's positions and of the organisations these belong to. */
  groups: Readonly<{ position: readonly string[]; organization: readonly string[] }>;
  /** Levels an administrator set for this person; they stand in place of the groups'. */
  levels: Readonly<Partial<Record<Domain, Level>>>;
}>;

/** Resolves the organisation's policy for one person and kind. `holds` comes from the two connectors. */
export function resolvePolicy(input: {
  policy: Policy;
  kind: ItemKind;
  person: PersonInput;
  holds: Both<(field: FieldName) => boolean>;
}): Rules {
  const { policy, kind, holds } = input;
  const domain = policy.domains[domainOfKind[kind]];
  const level = levelOf(input);
  const directions = directionsOf(policy, kind);
  return {
    kind,
    level,
    holds,
    winner: (field) => fieldPolicyOf(domain.fields, field)?.conflictWinner ?? domain.conflictWinner,
    mayTravel: (field, to) => reaches(level, to) && ways[directions(field)][to],
    mayMove: () => 'now',
    putsRight: { siebel: false, exchange: true },
    removals: removalsOf(kind, domain.deletions),
    editAgainstDelete: domain.editAgainstDelete,
    isKept: false,
    mailed: () => [],
  };
}

/** Whether anything at all is brought to that side at that level. */
export function reaches(level: Level, to: Side): boolean {
  return reach[level][to];
}

type Deletions = Readonly<{ inSiebel: boolean; inExchange: boolean }>;

/**
 * A business contact is never deleted from Outlook: the person leaves its Sync List, and the record stays for the others.
 * Employees are only ever exported. An appointment or a task deleted by its owner is deleted in Siebel.
 */
function removalsOf(kind: ItemKind, { inSiebel, inExchange }: Deletions): Removals {
  const isActivity = kind === 'appointment' || kind === 'task';
  const own = inSiebel ? 'delete' : 'close';
  const deletedInOutlook = {
    business: inSiebel ? 'unlist' : 'close',
    personal: inSiebel ? 'delete' : 'unlist',
    employee: 'restore',
    appointment: own,
    task: own,
  } as const satisfies Record<ItemKind, Removals['deletedInOutlook']>;
  return {
    deletedInOutlook: deletedInOutlook[kind],
    unmarkedInOutlook: isActivity ? 'close' : 'unlist',
    deletedInSiebel: inExchange ? 'delete' : 'unmark',
    unmarked: 'delete',
    outOfReach: 'delete',
  };
}

/** The names by which categories carry the mark; the same shape the connectors take. */
export type Categories = Readonly<{ write: string; accept: readonly string[]; employee: string | null }>;

/** The categories of a mailbox in that language: one to write, all languages' names to accept. */
export function categoriesOf(policy: Policy, language: string | null): Readonly<Record<Domain, Categories>> {
  const { contact, appointment, task } = policy.domains;
  return {
    contact: { ...namesOf(contact, language), employee: contact.employeeCategory },
    appointment: { ...namesOf(appointment, language), employee: null },
    task: { ...namesOf(task, language), employee: null },
  };
}

type Named = Readonly<{ category: string; categoryByLanguage: Readonly<Record<string, string>> }>;

function namesOf(
  { category, categoryByLanguage }: Named,
  language: string | null,
): Omit<Categories, 'employee'> {
  const [primary = ''] = (language ?? '').split('-');
  const named = (tag: string) =>
    Object.entries(categoryByLanguage).find(([known]) => known.toLowerCase() === tag.toLowerCase())?.[1];
  const write = named(language ?? '') ?? named(primary) ?? category;
  const byName = new Map(
    [write, category, ...Object.values(categoryByLanguage)].map((name) => [name.toLowerCase(), name]),
  );
  return { write, accept: [...byName.values()] };
}

const reach: Readonly<Record<Level, Both<boolean>>> = {
  full: { siebel: true, exchange: true },
  'export-only': { siebel: false, exchange: true },
  'import-only': { siebel: true, exchange: false },
  none: { siebel: false, exchange: false },
};

type Direction = CustomField['direction'] | 'off';

const ways: Readonly<Record<Direction, Both<boolean>>> = {
  both: { siebel: true, exchange: true },
  'to-siebel': { siebel: true, exchange: false },
  'to-exchange': { siebel: false, exchange: true },
  off: { siebel: false, exchange: false },
};

/** The domain is the ceiling; a group or a person may only lower it. Employees are only ever exported. */
function levelOf({ policy, kind, person }: Parameters<typeof resolvePolicy>[0]): Level {
  const domain = domainOfKind[kind];
  const ceiling = policy.domains[domain].level;
  const own = person.levels[domain] ?? groupLevels(policy, person, domain).reduce(lower, 'full');
  const level = lower(ceiling, own);
  return kind === 'employee' ? lower(level, 'export-only') : level;
}

function groupLevels(policy: Policy, person: PersonInput, domain: Domain): Level[] {
  const mailbox = person.mailbox.toLowerCase();
  return policy.groups.flatMap(({ people, position, organization, domains }) => {
    const isMember =
      people?.some((one) => one.toLowerCase() === mailbox) === true ||
      (position !== undefined && person.groups.position.includes(position)) ||
      (organization !== undefined && person.groups.organization.includes(organization));
    return isMember ? (domains[domain]?.level ?? []) : [];
  });
}

/** What both levels allow; export only and import only together allow nothing. */
function lower(a: Level, b: Level): Level {
  if (a === b || b === 'full') return a;
  return a === 'full' ? b : 'none';
}

function directionsOf({ domains }: Policy, kind: ItemKind): (field: FieldName) => Direction {
  const { fields } = domains[domainOfKind[kind]];
  const custom = new Map(
    domains.contact.customFields.map(({ name, direction }) => [`custom.${name}`, direction]),
  );
  return (field) => {
    if (field.startsWith('custom.')) return custom.get(field) ?? 'off';
    const own = fieldPolicyOf(fields, field);
    if (own === undefined) return 'both';
    return own.enabled ? own.direction : 'off';
  };
}

/** A single occurrence goes the way of the series' rule. */
function fieldPolicyOf(
  fields: Readonly<Record<string, FieldPolicy>>,
  field: FieldName,
): FieldPolicy | undefined {
  return fields[field.startsWith('occurrence.') ? 'recurrence' : field];
}
