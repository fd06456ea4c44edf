import type { Domain } from '../shared/domain.ts';
import type { Item } from '../shared/item.ts';
import type { Level, Policy } from '../shared/policy.ts';
import type { Sighting } from './connectors/connector.ts';
import type { Context } from './context.ts';
import type { LeftAlone } from './core/activity-start.ts';
import { reaches } from './core/policy.ts';
import { isOutside } from './core/window.ts';
import { leftAlone } from './engine/begin-activities.ts';
import { mainKind, personOf, windowFor } from './engine/people.ts';
import type { ItemRow } from './store/item-rows.ts';
import type { PersonRow } from './store/people-at-work.ts';
import { currentPolicy } from './store/policy.ts';

/** Outlook items of a person, with the Links that once led to them. */
export type Unlinked = Readonly<{
  person: PersonRow;
  domain: Domain;
  sightings: readonly Sighting[];
  closed: ReadonlyMap<string, ItemRow>;
}>;

/** Why Outlook items are not kept in step, one sentence each, by ref: the rule that decided, in words for their owner. */
export async function whyOff(
  context: Context,
  { person: row, domain, sightings, closed }: Unlinked,
): Promise<ReadonlyMap<string, string>> {
  const policy = await currentPolicy(context.db);
  const person = personOf(context, row, policy);
  const outlook = [...sightings];
  const rule = ruleAgainstAll(row, domain, person.rulesFor(mainKind[domain]).level);
  if (rule !== null) return new Map(outlook.map(({ ref }) => [ref, rule]));
  const left =
    domain === 'contact'
      ? new Map(outlook.flatMap((one) => contactLeftAlone(one, policy.document)))
      : await leftAlone(context, { person, domain, outlook, wished: new Set() });
  const { write } = person.holder.marks[domain];
  return new Map(
    outlook.map((sighting) => {
      const why = left.get(sighting.ref);
      const past = closed.get(sighting.ref);
      // What closed a Link says more than that its category is missing; what is private or out of time, is so now.
      if (past && why === 'uncategorised') return [sighting.ref, whyClosed(past)];
      if (why === undefined) return [sighting.ref, isNext(sighting)];
      return [sighting.ref, sentences[why](write)];
    }),
  );
}

/** The level that holds for a person in a domain: their own, their group's, or everybody's. */
export async function levelOf(context: Context, row: PersonRow, domain: Domain): Promise<Level> {
  const person = personOf(context, row, await currentPolicy(context.db));
  return person.rulesFor(mainKind[domain]).level;
}

/** Which items of a person lie outside the time that is kept in step now, linked or not. */
export async function outOfTime(
  context: Context,
  row: PersonRow,
  domain: Domain,
): Promise<(item: Item) => boolean> {
  const person = personOf(context, row, await currentPolicy(context.db));
  const window = windowFor(person, domain, context.clock.now());
  return (item) => isOutside(item, window);
}

export const whyOutOfTime = 'It lies outside the time that is kept in step.';

/** What keeps all Outlook items of a domain from beginning, whatever they are. */
function ruleAgainstAll({ enabled }: PersonRow, domain: Domain, level: Level): string | null {
  if (!enabled) return 'Sync is switched off for your mailbox; an administrator can switch it on.';
  if (level === 'none') return `The policy keeps no ${domain}s of yours in step; ask an administrator.`;
  return reaches(level, 'siebel')
    ? null
    : `The policy brings ${domain}s of yours from Siebel to Outlook alone; ask an administrator.`;
}

function isNext({ isMarked }: Sighting): string {
  return isMarked ? 'It has its category and is looked at next.' : 'It is looked at next.';
}

function contactLeftAlone({ ref, isMarked, item }: Sighting, { domains }: Policy): [Ref, LeftAlone][] {
  const { privateItems, requireCategory } = domains.contact;
  if (item.isPrivate && privateItems !== 'carry') return [[ref, 'private']];
  return isMarked || !requireCategory ? [] : [[ref, 'uncategorised']];
}

type Ref = Sighting['ref'];

const sentences: Readonly<Record<LeftAlone, (category: string) => string>> = {
  private: () => 'It is private, and private items stay in Outlook.',
  uncategorised: (category) => `It lacks the category "${category}".`,
  outsideWindow: () => whyOutOfTime,
  cancelled: () => 'Its organizer cancelled it.',
  organizerBrings: () =>
    'It comes through the calendar of its organizer, a colleague; mark it if it does not.',
  externalOrganizer: () =>
    'Its organizer is nobody in Siebel, and such meetings are not kept in step; an administrator can change that.',
  noActivityType: () =>
    'None of its categories is an activity type of Siebel, and only such items are kept in step.',
};

/** Why a Link was closed, in words for its person. */
export function whyClosed({ closed_why, why }: Pick<ItemRow, 'closed_why' | 'why'>): string {
  return closedBecause[closed_why ?? ''] ?? why ?? 'It is not kept in step.';
}

/** The keys are the engine's. */
const closedBecause: Readonly<Record<string, string>> = {
  private: 'You made it private in Outlook; private items stay there.',
  privateInSiebel: 'It is private in Siebel; private tasks stay there.',
  deletedInOutlook: 'It was deleted in Outlook.',
  unmarked: 'You stopped syncing it.',
  categoryRemoved: 'Its Siebel category was taken off in Outlook.',
  outOfReach: 'It is out of reach of your sign-in in Siebel or of your mailbox.',
  outsideWindow: whyOutOfTime,
  deletedInSiebel: 'It was deleted in Siebel.',
  leftSyncList: 'You were taken off its Sync List in Siebel.',
  leftActivity: 'You were taken off it in Siebel.',
  leftTeam: 'You are not on its team in Siebel any more.',
  rejected: 'An administrator decided that it is not to be carried over.',
};
