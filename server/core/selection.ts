import { isAppointment, type ItemKind } from '../../shared/item.ts';
import type { ContactPolicy, Policy } from '../../shared/policy.ts';
import type { Absence, Item, Present, Ref, Snapshot, Version } from './snapshot.ts';

/** One item as a side shows it; the connectors' sightings have this shape. */
export type Shown = Readonly<{
  ref: Ref;
  version: Version;
  item: Item;
  kind: ItemKind;
  isMarked: boolean;
  /** Logins of those the Siebel record is for, and on its team. */
  members: readonly string[];
  team: readonly string[];
}>;

/** A look that found out something; a failed look is no sight. */
export type Sight =
  | Readonly<{ look: 'found'; sighting: Shown }>
  | Readonly<{ look: 'missing'; why: 'deleted' | 'outOfReach' }>;

export type ExchangeContext = Readonly<{
  /** The kind the record is linked as. */
  kind: ItemKind;
  /** The Link remembers the copy with its category: only then is a missing category a person's doing. */
  wasMarked: boolean;
  /** The person pressed "stop syncing" and the copy has not been un-marked yet. */
  isUnmarkWished: boolean;
}>;

/**
 * What an Outlook copy counts as. Its owner takes it out of the sync by removing the category, by the button, or by making
 * a business contact Private; whatever `privateItems` says, a private contact is none of the company's.
 */
export function seenInExchange(look: Sight, context: ExchangeContext): Snapshot {
  if (look.look === 'missing') return absent(look.why);
  const { sighting } = look;
  const hasLostMark = context.wasMarked && !sighting.isMarked;
  if (hasLostMark || context.isUnmarkWished || hasTurnedPrivate(sighting, context)) return absent('unmarked');
  return presentOf(sighting);
}

/** Whether a business contact that turned Private goes on as a personal one: a new record is to be made of the copy. */
export function becomesPersonal(
  look: Sight,
  context: ExchangeContext & Pick<ContactPolicy, 'privateItems'>,
): boolean {
  if (look.look === 'missing' || context.isUnmarkWished || context.privateItems !== 'carry') return false;
  return look.sighting.isMarked && hasTurnedPrivate(look.sighting, context);
}

function hasTurnedPrivate(sighting: Shown, { kind }: ExchangeContext): boolean {
  return kind === 'business' && sighting.item.isPrivate;
}

export type SiebelContext = Readonly<{
  login: string;
  /** The Link remembers the person among those the record is for, and on its team. */
  wasMember: boolean;
  wasOnTeam: boolean;
  matchScope: ContactPolicy['matchScope'];
}>;

/**
 * What a Siebel record counts as for one person. `unmarked`: it is not for the person any more. `outOfReach`: the record was
 * read and the person is proven not to be on its team any more. A record that merely does not show proves nothing: it is
 * `never`, on which `reconcile` waits.
 */
export function seenInSiebel(look: Sight, context: SiebelContext): Snapshot {
  if (look.look === 'missing') return absent(look.why === 'deleted' ? 'deleted' : 'never');
  const { sighting } = look;
  if (context.wasMember && !isFor(sighting, context.login)) return absent('unmarked');
  const isByTeam = context.matchScope === 'sales-rep' && sighting.kind === 'business';
  if (isByTeam && context.wasOnTeam && !names(sighting.team, context.login)) return absent('outOfReach');
  return presentOf(sighting);
}

/** Whether a Siebel record is for that person. A private activity is its owner's alone, whoever else is on it. */
export function isFor({ members, item }: Pick<Shown, 'members' | 'item'>, login: string): boolean {
  if (!names(members, login)) return false;
  const owner = isAppointment(item) && item.isPrivate ? (item.organizer?.login ?? null) : null;
  return owner === null || names([owner], login);
}

/**
 * What a contact of Outlook that no Link knows may start. `create`: match it, or make a record of it. `adoptOnly`: link it
 * if there is a record for it, make none. `ignore`: it is its owner's business.
 */
export function mayStart(
  sighting: Pick<Shown, 'kind' | 'isMarked' | 'item'>,
  policy: Policy,
  { isFirstLoad }: { isFirstLoad: boolean },
): 'create' | 'adoptOnly' | 'ignore' {
  const { requireCategory, onlyCategorizedAtFirstLoad, privateItems } = policy.domains.contact;
  if (sighting.kind === 'employee') return 'ignore';
  if (sighting.item.isPrivate && privateItems !== 'carry') return 'ignore';
  if (sighting.isMarked || !requireCategory) return 'create';
  return isFirstLoad && !onlyCategorizedAtFirstLoad ? 'adoptOnly' : 'ignore';
}

function presentOf({ ref, version, item }: Shown): Present {
  return { state: 'present', ref, version, item };
}

function absent(why: Absence): Snapshot {
  return { state: 'absent', why };
}

function names(logins: readonly string[], login: string): boolean {
  return logins.some((one) => one.toUpperCase() === login.toUpperCase());
}
