import { isAppointment } from '../../shared/item.ts';
import type { Policy } from '../../shared/policy.ts';
import type { Item } from './snapshot.ts';
import { isOutside, type DayWindow } from './window.ts';

/** Why an appointment or a task of Outlook is left to its owner. */
export type LeftAlone =
  | 'private'
  | 'uncategorised'
  | 'outsideWindow'
  | 'cancelled'
  | 'organizerBrings'
  | 'externalOrganizer'
  | 'noActivityType';

export type Start = Readonly<{ start: 'create' }> | Readonly<{ start: 'ignore'; why: LeftAlone }>;

export type StartContext = Readonly<{
  domain: 'appointment' | 'task';
  isMarked: boolean;
  /** Its owner pressed the button: the category is not asked for, privacy is. */
  isWished: boolean;
  window: DayWindow;
  /** The meeting's organizer is a person whose own calendar is kept in step. */
  isOrganizerAtWork: boolean;
  /** The organizer is an employee of Siebel's, as far as that is known. */
  isOrganizerKnown: boolean;
}>;

/**
 * Whether an appointment or a task of Outlook that no Link knows becomes an activity. A colleague's meeting comes through
 * the colleague's own calendar, unless its guest marks it.
 */
export function startOfActivity(item: Item, policy: Policy, context: StartContext): Start {
  const { requireCategory, privateItems } = policy.domains[context.domain];
  const isChosen = context.isMarked || context.isWished;
  if (item.isPrivate && privateItems === 'skip') return ignore('private');
  if (isOutside(item, context.window)) return ignore('outsideWindow');
  if (requireCategory && !isChosen) return ignore('uncategorised');
  const { enabled, default: fallback } = policy.activityTypeFilter;
  const type = 'activityType' in item ? item.activityType : null;
  if (enabled && type === null && fallback === null) return ignore('noActivityType');
  if (!isAppointment(item) || item.copy === null) return { start: 'create' };
  if (item.copy.isCancelled) return ignore('cancelled');
  if (item.copy.isOrganizer) return { start: 'create' };
  if (context.isOrganizerAtWork && !isChosen) return ignore('organizerBrings');
  const { genericOrganizerLogin, externalOrganizer } = policy.domains.appointment;
  const hasOwner =
    context.isOrganizerKnown || genericOrganizerLogin !== null || externalOrganizer === 'first-attendee';
  return hasOwner ? { start: 'create' } : ignore('externalOrganizer');
}

function ignore(why: LeftAlone): Start {
  return { start: 'ignore', why };
}
