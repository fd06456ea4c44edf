import type { ContactKind } from '../../shared/contact.ts';
import type { Both, Domain, Side } from '../../shared/domain.ts';
import type { ContactPolicy, Level, Policy } from '../../shared/policy.ts';
import type { FieldName } from './step.ts';

/** The policy as it holds for one person and one kind of contact: what `reconcile` asks. */
export type Rules = Readonly<{
  kind: ContactKind;
  level: Level;
  winner: (field: FieldName) => 'siebel' | 'exchange' | 'ask';
  /** Whether a change of the field may be brought to that side, by the level and the field's direction. */
  mayTravel: (field: FieldName, to: Side) => boolean;
  /** Whether that side can store the field at all. */
  holds: Both<(field: FieldName) => boolean>;
  /**
   * Whether values that strayed on that side, in fields that only come to it, are written back with the other side's next
   * change. Outlook copies are; Siebel's record is shared with people who may have written it through their own mailbox.
   */
  putsRight: Both<boolean>;
  deletions: Readonly<{ inSiebel: boolean; inExchange: boolean }>;
  editAgainstDelete: 'edit-wins' | 'delete-wins';
  /** What becomes of an untouched Outlook copy whose record left the Sync List, or the person's sight in Siebel. */
  withdrawn: Readonly<Record<'unmarked' | 'outOfReach', 'delete' | 'unmark'>>;
  /** Somebody said that the item is to stay: what is gone on one side is made again, nothing is removed on the other. */
  isKept: boolean;
  privateItems: ContactPolicy['privateItems'];
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
  kind: ContactKind;
  person: PersonInput;
  holds: Both<(field: FieldName) => boolean>;
}): Rules {
  const { policy, kind, holds } = input;
  const contact = policy.domains.contact;
  const level = levelOf(input);
  const directions = directionsOf(contact);
  return {
    kind,
    level,
    holds,
    winner: (field) => contact.fields[field]?.conflictWinner ?? contact.conflictWinner,
    mayTravel: (field, to) => reaches(level, to) && ways[directions(field)][to],
    putsRight: { siebel: false, exchange: true },
    deletions: contact.deletions,
    editAgainstDelete: contact.editAgainstDelete,
    withdrawn: { unmarked: 'delete', outOfReach: 'delete' },
    isKept: false,
    privateItems: contact.privateItems,
  };
}

/** Whether anything at all is brought to that side at that level. */
export function reaches(level: Level, to: Side): boolean {
  return reach[level][to];
}

/** The names by which categories carry the mark; the same shape the connectors take. */
export type Categories = Readonly<{ write: string; accept: readonly string[]; employee: string }>;

/** The categories of a mailbox in that language: one to write, all languages' names to accept. */
export function categoriesOf(policy: Policy, language: string | null): Categories {
  const { category, categoryByLanguage, employeeCategory } = policy.domains.contact;
  const [primary = ''] = (language ?? '').split('-');
  const named = (tag: string) =>
    Object.entries(categoryByLanguage).find(([known]) => known.toLowerCase() === tag.toLowerCase())?.[1];
  const write = named(language ?? '') ?? named(primary) ?? category;
  const byName = new Map(
    [write, category, ...Object.values(categoryByLanguage)].map((name) => [name.toLowerCase(), name]),
  );
  return { write, accept: [...byName.values()], employee: employeeCategory };
}

const reach: Readonly<Record<Level, Both<boolean>>> = {
  full: { siebel: true, exchange: true },
  'export-only': { siebel: false, exchange: true },
  'import-only': { siebel: true, exchange: false },
  none: { siebel: false, exchange: false },
};

type Direction = ContactPolicy['fields'][string]['direction'] | 'off';

const ways: Readonly<Record<Direction, Both<boolean>>> = {
  both: { siebel: true, exchange: true },
  'to-siebel': { siebel: true, exchange: false },
  'to-exchange': { siebel: false, exchange: true },
  off: { siebel: false, exchange: false },
};

/** The domain is the ceiling; a group or a person may only lower it. Employees are only ever exported. */
function levelOf({ policy, kind, person }: Parameters<typeof resolvePolicy>[0]): Level {
  const ceiling = policy.domains.contact.level;
  const own = person.levels.contact ?? groupLevels(policy, person).reduce(lower, 'full');
  const level = lower(ceiling, own);
  return kind === 'employee' ? lower(level, 'export-only') : level;
}

function groupLevels(policy: Policy, person: PersonInput): Level[] {
  const mailbox = person.mailbox.toLowerCase();
  return policy.groups.flatMap(({ people, position, organization, domains }) => {
    const isMember =
      people?.some((one) => one.toLowerCase() === mailbox) === true ||
      (position !== undefined && person.groups.position.includes(position)) ||
      (organization !== undefined && person.groups.organization.includes(organization));
    return isMember ? (domains.contact?.level ?? []) : [];
  });
}

/** What both levels allow; export only and import only together allow nothing. */
function lower(a: Level, b: Level): Level {
  if (a === b || b === 'full') return a;
  return a === 'full' ? b : 'none';
}

function directionsOf(contact: ContactPolicy): (field: FieldName) => Direction {
  const custom = new Map(contact.customFields.map(({ name, direction }) => [`custom.${name}`, direction]));
  return (field) => {
    if (field.startsWith('custom.')) return custom.get(field) ?? 'off';
    const own = contact.fields[field];
    if (own === undefined) return 'both';
    return own.enabled ? own.direction : 'off';
  };
}
