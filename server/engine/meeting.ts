import type { Appointment, Attendee, Participant } from '../../shared/appointment.ts';
import { isAppointment } from '../../shared/item.ts';
import type { Policy } from '../../shared/policy.ts';
import type { Failure } from '../connectors/connector.ts';
import { withTypeOfCategories } from '../core/activity-type.ts';
import { memberForm } from '../core/fields/set.ts';
import { isColleague, type MeetingContext, type Role } from '../core/meeting.ts';
import { isHushed, isMasked, maskedItem, type Surroundings } from '../core/privacy.ts';
import type { Item } from '../core/snapshot.ts';
import { isOver } from '../core/window.ts';
import { departedFrom } from '../store/departed.ts';
import { peopleByAddress, peopleByLogin } from '../store/people-at-work.ts';
import type { Engine } from './engine.ts';
import { sameLogin } from './logins.ts';
import { siebelSighting, type KnownPerson, type LinkTurn, type RecordTurn } from './turn-state.ts';

/** Finds out who the people on the appointments of a herd are: two queries however many there are. */
export async function meetPeople(engine: Engine, turns: readonly RecordTurn[]): Promise<void> {
  const meetings = turns.filter((turn) => turn.record.domain === 'appointment');
  if (meetings.length === 0) return;
  const everybody = meetings.flatMap((turn) => itemsOf(turn).flatMap(participantsIn));
  const [byAddress, byLogin, departed] = await Promise.all([
    peopleByAddress(engine.db, [...new Set(everybody.map(({ address }) => address.toLowerCase()))]),
    peopleByLogin(engine.db, [...new Set(everybody.flatMap(({ login }) => login ?? []))]),
    departedFrom(
      engine.db,
      meetings.map((turn) => turn.record.id),
    ),
  ]);
  const known = new Map(
    [...byAddress, ...[...byLogin].map(([login, row]) => [sameLogin(login), row] as const)].map(
      ([key, row]) =>
        [
          key,
          { login: row.siebel_login, mailbox: row.mailbox, isLoaded: 'appointment' in row.loaded },
        ] as const,
    ),
  );
  const now = engine.clock.now();
  for (const turn of meetings) {
    const left = new Set((departed.get(turn.record.id) ?? []).map(sameLogin));
    turn.people = { known, departed: left, now };
  }
}

/** Siebel's activity types, for those whose policy lets categories name them; asked of Siebel now and then only. */
export async function typesFor(engine: Engine, policy: Policy): Promise<readonly string[] | Failure | null> {
  return policy.activityTypeFilter.enabled ? engine.siebel.activityTypes() : null;
}

export async function learnTypes(engine: Engine, turns: readonly RecordTurn[]): Promise<void> {
  const activities = turns.filter((turn) => turn.record.domain !== 'contact');
  const policy = activities.flatMap(({ links }) => links)[0]?.person.policy;
  if (!policy) return;
  const types = await typesFor(engine, policy);
  for (const turn of activities) {
    if (types !== null && 'kind' in types)
      turn.deferred = { reason: types.reason, afterMs: types.retryAfterMs };
    else turn.types = types;
  }
}

function itemsOf(turn: RecordTurn): readonly Appointment[] {
  const siebel = siebelSighting(turn)?.item;
  const shown = turn.links.flatMap((link) => outlookCopy(link) ?? []);
  return [...(siebel ? [siebel] : []), ...shown].filter(isAppointment);
}

function participantsIn({ organizer, attendees }: Appointment): readonly Participant[] {
  return organizer === null ? attendees : [organizer, ...attendees];
}

/** The copy as it was read, or as the base remembers it. */
function outlookCopy(link: LinkTurn): Item | null {
  if (link.look?.look === 'found') return link.look.sighting.item;
  if (link.look?.look === 'missing') return null;
  return link.base.exchange.state === 'present' ? link.base.exchange.item : null;
}

/** Siebel's appointment with our people under their login and mailbox. */
export function siebelItem(turn: RecordTurn, item: Item): Item {
  return named(turn, item, (one, address) => ({
    login: one?.login ?? null,
    address: one?.mailbox ?? address,
  }));
}

/**
 * An appointment of a mailbox with our people under their login. Whoever took it out of the own calendar does not attend any
 * more, although the organizer's copy still lists them; and what is private stays private.
 */
export function outlookItem(turn: RecordTurn, link: LinkTurn, item: Item): Item {
  const typed = turn.types === null ? item : withTypeOfCategories(item, turn.types);
  const shown = named(turn, typed, (one, address) => ({ login: one?.login ?? null, address }));
  const { policy } = link.person;
  if (isMasked(shown, surroundingsOf(turn, link))) return maskedItem(shown, policy);
  const gone = departedOf(turn);
  if (!isAppointment(shown) || gone.size === 0) return shown;
  const attendees = shown.attendees.map((attendee): Attendee => {
    const hasLeft = attendee.login !== null && gone.has(sameLogin(attendee.login));
    return hasLeft ? { ...attendee, response: 'declined' } : attendee;
  });
  return { ...shown, attendees };
}

function surroundingsOf(turn: RecordTurn, link: LinkTurn): Surroundings {
  const { person, base } = link;
  const siebel = siebelSighting(turn)?.item ?? null;
  return { policy: person.policy, base: base.exchange, siebel, isOwner: owns(turn, link) };
}

type Known = KnownPerson | undefined;

function named(
  { people }: RecordTurn,
  item: Item,
  name: (one: Known, address: string) => Pick<Participant, 'login' | 'address'>,
): Item {
  if (!isAppointment(item) || people === null) return item;
  const knownOf = ({ login, address }: Participant): Known =>
    (login === null ? undefined : people.known.get(sameLogin(login))) ??
    people.known.get(address.toLowerCase());
  const { organizer, attendees } = item;
  return {
    ...item,
    organizer: organizer && { ...organizer, ...name(knownOf(organizer), organizer.address) },
    attendees: attendees.map((attendee) => ({
      ...attendee,
      ...name(knownOf(attendee), attendee.address),
    })),
  };
}

/** Those who left before, and those whose copy this very turn found gone. */
function departedOf(turn: RecordTurn): ReadonlySet<string> {
  const now = turn.links
    .filter((link) => link.look?.look === 'missing' && link.look.why === 'deleted' && isGuest(turn, link))
    .map((link) => sameLogin(link.person.holder.login));
  return new Set([...(turn.people?.departed ?? []), ...now]);
}

function isGuest(turn: RecordTurn, link: LinkTurn): boolean {
  return roleOf(turn, link) !== 'organizer';
}

/** The iCalUId of the copy at hand. */
function uidOf({ look, row }: LinkTurn): string | null {
  return look?.look === 'found' ? look.sighting.uid : row.uid;
}

/** The iCalUId of the meeting itself, which its organizer's copy and those of its guests have in common. */
export function meetingUid(turn: RecordTurn): string | null {
  const known = standingUid(turn);
  if (known !== null) return known;
  const own = turn.links.find(
    (link) => !isTakenOut(link) && uidOf(link) !== null && roleOf(turn, link) !== 'copy',
  );
  return own ? uidOf(own) : null;
}

/** The iCalUId the record is known by, unless that meeting has just been taken out of the calendar: the next one has another. */
export function standingUid({ record: { uid }, links }: RecordTurn): string | null {
  const theirs = links.filter((link) => uid !== null && uidOf(link) === uid);
  return theirs.length > 0 && theirs.every(isTakenOut) ? null : uid;
}

function isTakenOut({ look, plan }: LinkTurn): boolean {
  if (look?.look === 'missing') return look.why === 'deleted';
  return (
    plan?.steps.some((step) => step.side === 'exchange' && step.do === 'remove' && step.how === 'delete') ===
    true
  );
}

export function roleOf(turn: RecordTurn, link: LinkTurn): Role {
  const copy = link.look?.look === 'missing' ? baseCopy(link) : (outlookCopy(link) ?? baseCopy(link));
  const isOwner = owns(turn, link);
  if (copy === null || !isAppointment(copy))
    return isOwner && !goesOnWithout(turn, link) ? 'organizer' : 'copy';
  if (copy.copy !== null && !copy.copy.isOrganizer) return 'attendee';
  const uid = standingUid(turn);
  const isItself = uid === null ? isOwner : uidOf(link) === null || uidOf(link) === uid;
  return isItself ? 'organizer' : 'copy';
}

function baseCopy({ base }: LinkTurn): Item | null {
  return base.exchange.state === 'present' ? base.exchange.item : null;
}

/**
 * Somebody else has become the owner in Siebel of a meeting that goes on in Outlook: its guests are invited already, and
 * whoever owns it now gets a copy without them.
 */
function goesOnWithout({ record, links }: RecordTurn, link: LinkTurn): boolean {
  const others = links.filter((one) => one !== link && record.uid !== null && uidOf(one) === record.uid);
  return others.some((other) => {
    const copy = outlookCopy(other);
    return copy !== null && isAppointment(copy) && guestsIn(copy).length > 0;
  });
}

/** Whether the activity is the person's own in Siebel; of one that is not there yet, whether the meeting is theirs in Outlook. */
export function owns(turn: RecordTurn, link: LinkTurn): boolean {
  const siebel = siebelSighting(turn)?.item;
  const { login } = link.person.holder;
  if (siebel && isAppointment(siebel)) {
    const owner = siebel.organizer?.login ?? null;
    return owner !== null && sameLogin(owner) === sameLogin(login);
  }
  const copy = outlookCopy(link) ?? baseCopy(link);
  return copy !== null && isAppointment(copy) && copy.copy?.isOrganizer !== false;
}

/** What the rules of a Link depend on. */
export function contextOf(turn: RecordTurn, link: LinkTurn): MeetingContext {
  const { appointment } = link.person.policy.domains;
  const { exchange, siebel } = link.seen;
  const shown = exchange.state === 'present' ? exchange.item : null;
  const other = siebel.state === 'present' ? siebel.item : null;
  const attendees = shown !== null && isAppointment(shown) ? guestsIn(shown) : [];
  const raw = outlookCopy(link);
  const around = surroundingsOf(turn, link);
  const members = siebelSighting(turn)?.members ?? [];
  const own = sameLogin(link.person.holder.login);
  const now = turn.people?.now ?? Temporal.Instant.fromEpochMilliseconds(0);
  return {
    role: roleOf(turn, link),
    isOrganizerLinked: turn.links.some(
      (one) => one !== link && one.end.end !== 'closed' && isOrganizersCopy(turn, one),
    ),
    isOwner: around.isOwner,
    isAlone: members.every((login) => sameLogin(login) === own),
    isFirstContact: link.base.siebel.state === 'absent' || link.base.exchange.state === 'absent',
    isSilent: link.row.is_silent,
    isPast: [shown, other].some((item) => item !== null && isOver(item, now, link.person.holder.timeZone)),
    isOnlineMeeting: shown !== null && isAppointment(shown) && shown.copy?.isOnlineMeeting === true,
    isMasked: raw !== null && isMasked(raw, around),
    isHushed: raw !== null && isHushed(raw, around),
    isPrivate: other?.isPrivate === true,
    guests: attendees.map(memberForm),
    outsiders: attendees.filter((member) => !isColleague(member)).map(memberForm),
    copyHolders: turn.links
      .filter((one) => one !== link && holdsOwnCopy(turn, one))
      .map((one) => one.person.holder.login.toLowerCase()),
    guestMail: link.person.policy.guestMail,
    mailKinds: appointment.guestMailKinds,
  };
}

/**
 * Everybody Exchange would mail about the copy, be it masked or not: whoever declined, or threw the invitation away, is on the
 * organizer's list all the same.
 */
function guestsIn({ attendees, copy }: Appointment): readonly Attendee[] {
  return copy?.isMasked === true ? (copy.hiddenGuests ?? []) : attendees;
}

export function isOrganizersCopy(turn: RecordTurn, link: LinkTurn): boolean {
  return outlookCopy(link) !== null && roleOf(turn, link) === 'organizer';
}

/** A guest for whom we made, or are to make, a copy of their own. */
function holdsOwnCopy(turn: RecordTurn, link: LinkTurn): boolean {
  if (outlookCopy(link) !== null) return roleOf(turn, link) === 'copy';
  return (link.row.is_silent || link.row.has_left) && !owns(turn, link);
}
