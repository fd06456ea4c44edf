import type { Domain } from '../shared/domain.ts';
import type { Item } from '../shared/item.ts';
import type { Level, Policy } from '../shared/policy.ts';
import type { Reason } from '../shared/reason.ts';
import { telling, type Telling } from '../shared/telling.ts';
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

/** Why Outlook items are not kept in step, by ref: the rule that decided, in words for their owner. */
export async function whyOff(
  context: Context,
  { person: row, domain, sightings, closed }: Unlinked,
): Promise<ReadonlyMap<string, Telling>> {
  const policy = await currentPolicy(context.db);
  const person = personOf(context, row, policy);
  const outlook = [...sightings];
  const rule = ruleAgainstAll(row, domain, person.rulesFor(mainKind[domain]).level);
  if (rule !== null) return new Map(outlook.map(({ ref }) => [ref, telling(rule)]));
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
      return [sighting.ref, telling(why === undefined ? nextOf(sighting) : reasonFor(why, write))];
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

export const whyOutOfTime = telling({ code: 'outsideWindow' });

/** What keeps all Outlook items of a domain from beginning, whatever they are. */
function ruleAgainstAll({ enabled }: PersonRow, domain: Domain, level: Level): Reason | null {
  if (!enabled) return { code: 'switchedOff' };
  if (level === 'none') return { code: 'policyNone', domain };
  return reaches(level, 'siebel') ? null : { code: 'policyFromSiebel', domain };
}

function nextOf({ isMarked }: Sighting): Reason {
  return { code: isMarked ? 'markedLookedAtNext' : 'lookedAtNext' };
}

function reasonFor(why: LeftAlone, category: string): Reason {
  return why === 'uncategorised' ? { code: why, category } : { code: why };
}

function contactLeftAlone({ ref, isMarked, item }: Sighting, { domains }: Policy): [Ref, LeftAlone][] {
  const { privateItems, requireCategory } = domains.contact;
  if (item.isPrivate && privateItems !== 'carry') return [[ref, 'private']];
  return isMarked || !requireCategory ? [] : [[ref, 'uncategorised']];
}

type Ref = Sighting['ref'];

/** Why a Link was closed, in words for its person. */
export function whyClosed({
  closed_why,
  why,
  reasons,
}: Pick<ItemRow, 'closed_why' | 'why' | 'reasons'>): Telling {
  const because = closedBecause[closed_why ?? ''];
  if (because !== undefined) return telling(because);
  return why === null ? telling({ code: 'notInStep' }) : { why, reasons };
}

/** The keys are the engine's. */
const closedBecause: Readonly<Record<string, Reason>> = {
  private: { code: 'madePrivate' },
  privateInSiebel: { code: 'privateInSiebel' },
  deletedInOutlook: { code: 'deletedInOutlook' },
  unmarked: { code: 'unmarked' },
  categoryRemoved: { code: 'categoryRemoved' },
  outOfReach: { code: 'outOfReach' },
  outsideWindow: { code: 'outsideWindow' },
  deletedInSiebel: { code: 'deletedInSiebel' },
  leftSyncList: { code: 'leftSyncList' },
  leftActivity: { code: 'leftActivity' },
  leftTeam: { code: 'leftTeam' },
  rejected: { code: 'rejected' },
};
