import { isAppointment, type Item } from '../../shared/item.ts';
import type { Sighting } from '../connectors/connector.ts';
import { withTypeOfCategories } from '../core/activity-type.ts';
import { pairActivities } from '../core/activity-match.ts';
import { startOfActivity, type LeftAlone, type Start } from '../core/activity-start.ts';
import { isFor } from '../core/selection.ts';
import type { Ref } from '../core/snapshot.ts';
import { isOutside, type DayWindow } from '../core/window.ts';
import { closedRefs, type ClosedLink } from '../store/mailbox-links.ts';
import { recordsByUid, type KnownMeeting, type NewLink } from '../store/open-links.ts';
import { peopleByAddress, type PersonRow } from '../store/people-at-work.ts';
import type { Beginning, FirstContact } from './first-contact.ts';
import type { Engine } from './engine.ts';
import { typesFor } from './meeting.ts';
import { windowFor } from './people.ts';

/**
 * The same for appointments and tasks: a meeting is recognised by its iCalUId, what stood on both sides before anybody kept
 * it in step by its key fields, everything else is new. Links a first load opens are silent: nothing about them mails.
 */
export async function beginActivities(
  engine: Engine,
  given: FirstContact,
): Promise<Beginning | { failed: string; afterMs: number | null }> {
  const types = await typesFor(engine, given.person.policy);
  if (types !== null && 'kind' in types) return { failed: types.reason, afterMs: types.retryAfterMs };
  const contact =
    types === null ? given : { ...given, outlook: given.outlook.map((one) => typed(one, types)) };
  const { person, isFirstLoad } = contact;
  const window = windowFor(person, contact.domain, engine.clock.now());
  const siebel = contact.siebel.filter((one) => mayOpen(one, contact, window));
  const known = await knownTo(engine, contact);
  const meetings = pairsByUid(contact.outlook, siebel, known);
  const met = new Set(meetings.values());
  const free = siebel.filter((one) => !met.has(one));
  const own = contact.outlook.filter((one) => isStanding(one) && !meetings.has(one));
  const pairs = new Map([...meetings, ...(isFirstLoad ? pairActivities(own, free) : [])]);
  const links: NewLink[] = [];
  const skipped: Partial<Record<LeftAlone, number>> = {};
  for (const sighting of contact.outlook) {
    const pair = pairs.get(sighting) ?? null;
    const start =
      pair || isKnownMeeting(sighting, known) ? begun : startOf(sighting, { contact, known, window });
    if (start.start === 'create') {
      const link = linkOf(engine, { contact, exchange: sighting, siebel: pair });
      links.push({ ...link, recordId: restingRecord(sighting, known) ?? link.recordId });
    } else skipped[start.why] = (skipped[start.why] ?? 0) + 1;
  }
  const adopted = new Set(pairs.values());
  for (const one of siebel.filter((sighting) => !adopted.has(sighting)))
    links.push(linkOf(engine, { contact, exchange: null, siebel: one }));
  return { links, questions: [], carriedOut: [], skipped };
}

function typed(sighting: Sighting, types: readonly string[]): Sighting {
  return { ...sighting, item: withTypeOfCategories(sighting.item, types) };
}

const begun: Start = { start: 'create' };

/** Why Outlook items no Link leads to are left to their owner, by ref; what the next sweep begins is not there. */
export async function leftAlone(
  engine: Pick<Engine, 'db' | 'clock'>,
  contact: Unopened,
): Promise<ReadonlyMap<Ref, LeftAlone>> {
  const window = windowFor(contact.person, contact.domain, engine.clock.now());
  const known = await knownTo(engine, contact);
  const starts = contact.outlook
    .filter((sighting) => !isKnownMeeting(sighting, known))
    .map((sighting) => [sighting.ref, startOf(sighting, { contact, known, window })] as const);
  return new Map(
    starts.flatMap(([ref, start]) => (start.start === 'ignore' ? [[ref, start.why] as const] : [])),
  );
}

type Unopened = Pick<FirstContact, 'person' | 'domain' | 'outlook' | 'wished'>;

/** Copies of meetings that are kept in step already, with their activity where it is among those to open. */
function pairsByUid(
  outlook: readonly Sighting[],
  siebel: readonly Sighting[],
  { meetings }: Known,
): ReadonlyMap<Sighting, Sighting> {
  const byRef = new Map(siebel.map((one) => [one.ref, one]));
  return new Map(
    outlook.flatMap((one): [Sighting, Sighting][] => {
      const ref = meetings.get(one.uid ?? '')?.ref ?? null;
      const activity = ref === null ? undefined : byRef.get(ref);
      return activity ? [[one, activity]] : [];
    }),
  );
}

/** What its organizer cancelled is nothing to be found again. */
function isStanding({ item }: Sighting): boolean {
  return !isAppointment(item) || item.copy?.isCancelled !== true;
}

/** Whether a Siebel record is given to the person's mailbox: it lies in the window, and To Do can keep what is private. */
function mayOpen(sighting: Sighting, { person, domain }: FirstContact, window: DayWindow): boolean {
  const isHidden = domain === 'task' && sighting.item.isPrivate;
  return !isHidden && isFor(sighting, person.holder.login) && !isOutside(sighting.item, window);
}

/** What must be known of the items' surroundings before it can be said which of them begin. */
type Known = Readonly<{
  meetings: ReadonlyMap<string, KnownMeeting>;
  organizers: ReadonlyMap<string, PersonRow>;
  /** Why Links to these very items were closed. */
  closed: ReadonlyMap<string, ClosedLink>;
}>;

async function knownTo(engine: Pick<Engine, 'db'>, { person, outlook }: Unopened): Promise<Known> {
  const organizers = outlook.flatMap(({ item }) => guestOf(item) ?? []);
  const [meetings, byAddress, closed] = await Promise.all([
    recordsByUid(
      engine.db,
      outlook.flatMap(({ uid }) => uid ?? []),
    ),
    peopleByAddress(engine.db, [...new Set(organizers)]),
    closedRefs(
      engine.db,
      person.row.id,
      outlook.map(({ ref }) => ref),
    ),
  ]);
  return { meetings, organizers: byAddress, closed };
}

/** The organizer's address, where the mailbox is only a guest's. */
function guestOf(item: Item): string | null {
  if (!isAppointment(item) || item.copy?.isOrganizer !== false) return null;
  return item.organizer?.address.toLowerCase() ?? null;
}

/** A meeting that is kept in step already takes every guest's copy in, unless its owner took that out of the sync. */
function isKnownMeeting({ uid, ref, item }: Sighting, { meetings, closed }: Known): boolean {
  const isCancelled = isAppointment(item) && item.copy?.isCancelled === true;
  return uid !== null && meetings.has(uid) && !closed.has(ref) && !isCancelled;
}

/** Links that were closed for reasons that pass by themselves. */
const passing: ReadonlySet<string> = new Set(['outOfReach', 'outsideWindow']);

function startOf(
  { item, ref, isMarked }: Sighting,
  at: Readonly<{ contact: Unopened; known: Known; window: DayWindow }>,
): Start {
  const { contact, known, window } = at;
  const isWished = contact.wished.has(ref);
  const past = known.closed.get(ref) ?? null;
  const isClosed = past !== null && !passing.has(past.why) && !isPutBack(item, past);
  if (isClosed && !isWished) return { start: 'ignore', why: 'uncategorised' };
  const organizer = guestOf(item);
  const isOrganizerAtWork = organizer !== null && known.organizers.has(organizer);
  return startOfActivity(item, contact.person.policy, {
    domain: contact.domain === 'task' ? 'task' : 'appointment',
    isMarked,
    isWished,
    window,
    isOrganizerAtWork,
    isOrganizerKnown: isOrganizerAtWork,
  });
}

/** What its owner deleted and has put back into the calendar; a guest who left a meeting has left it. */
function isPutBack(item: Item, { why }: ClosedLink): boolean {
  return why === 'deletedInOutlook' && guestOf(item) === null;
}

/** What has come back, into the window or from the deleted items, goes on as what it was. */
function restingRecord({ ref, item }: Sighting, { closed }: Known): string | null {
  const past = closed.get(ref);
  if (past === undefined) return null;
  return past.why === 'outsideWindow' || isPutBack(item, past) ? past.recordId : null;
}

type Opening = Readonly<{ contact: FirstContact; exchange: Sighting | null; siebel: Sighting | null }>;

function linkOf(engine: Engine, { contact, exchange, siebel }: Opening): NewLink {
  const { person, domain, wished } = contact;
  return {
    recordId: engine.newId(),
    linkId: engine.newId(),
    personId: person.row.id,
    domain,
    kind: domain === 'task' ? 'task' : 'appointment',
    siebel: siebel && { ref: siebel.ref, version: siebel.version, stamp: siebel.stamp },
    exchange: exchange && { ref: exchange.ref, version: exchange.version },
    uid: exchange?.uid ?? null,
    isSilent: contact.isFirstLoad,
    isListed: siebel !== null,
    isWished: exchange !== null && wished.has(exchange.ref),
  };
}
