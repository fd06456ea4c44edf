import { isAppointment } from '../../shared/item.ts';
import type { Reason } from '../../shared/reason.ts';
import { activeMembers } from '../core/fields/shape.ts';
import type { Sighting } from '../connectors/connector.ts';
import type { Holding } from './carry-out-exchange.ts';
import { decideExchange } from './decide.ts';
import type { Engine } from './engine.ts';
import { sameLogin } from './logins.ts';
import { isOrganizersCopy, meetingUid, owns, standingUid } from './meeting.ts';
import { siebelSighting, type LinkTurn, type RecordTurn } from './turn-state.ts';

/** Exchange puts an invitation into a calendar within seconds; after that many looks it has been there and was taken out. */
const patience = 4;
const deliveryPauseMs = 2_000;

/**
 * Somebody who is on an appointment and has nothing of it in their calendar as far as is known, while it is, or may be,
 * somebody else's meeting in Outlook: an invitation may lie there. Siebel's owner may have become it later.
 */
export function isGuestWithoutCopy({ turn, link }: Holding): boolean {
  // A Link that goes on after it was closed remembers a copy that is gone.
  const isMissing = link.row.ref === null ? link.look?.look !== 'found' : link.look?.look === 'missing';
  const isToMake = link.plan?.steps.some((step) => step.side === 'exchange' && step.do === 'create') === true;
  const isOthers = !owns(turn, link) || standingUid(turn) !== null;
  return turn.record.domain === 'appointment' && isMissing && isToMake && isOthers;
}

/**
 * Finds, in the guests' calendars, the copies Exchange put there, and decides again for those. Who was invited and has none
 * waits for it, or, when it does not come, has thrown it away. Who was not invited gets a copy of their own, without guests
 * and without a mail, once it is known that there is no invitation to come. Answers those for whom something is left to do.
 */
export async function meetGuests(engine: Engine, guests: readonly Holding[]): Promise<readonly Holding[]> {
  const expected = guests.flatMap((guest) => {
    const uid = meetingUid(guest.turn);
    return uid === null || guest.link.row.has_left ? [] : [{ guest, uid }];
  });
  const answers = await engine.exchange.find(
    expected.map(({ guest, uid }) => ({
      by: 'uid' as const,
      domain: 'appointment' as const,
      holder: guest.link.person.holder,
      uid,
    })),
  );
  for (const [index, { guest }] of expected.entries()) {
    const answer = answers[index];
    if (!answer || answer.answer === 'failed') {
      const failure = answer?.failure;
      guest.link.end = {
        end: 'later',
        reasons: [
          {
            code: 'sideAway',
            side: 'exchange',
            text: failure?.reason ?? 'Outlook gave no answer; it is asked again later.',
          },
        ],
        afterMs: failure?.retryAfterMs ?? null,
        reach: failure?.reach ?? 'item',
      };
    } else takeFound(guest, answer.sightings);
  }
  for (const guest of guests) waitForHost(guest);
  const left = guests.filter(({ link }) => link.end.end === 'settled');
  for (const { turn, link } of left) decideExchange(turn, link);
  return left;
}

const hostComes: Reason = { code: 'hostCalendarLoading' };

/** Whether the owner's calendar, in which the meeting may stand with its guests, is about to be loaded. */
function isHostComing(turn: RecordTurn): boolean {
  const item = siebelSighting(turn)?.item;
  const owner = item && isAppointment(item) ? (item.organizer?.login ?? null) : null;
  const host = owner === null ? undefined : turn.people?.known.get(sameLogin(owner));
  return host !== undefined && !host.isLoaded && turn.cue.failures < patience * 4;
}

/** While the organizer's own event, which may invite them, is still to be written, nobody is given a copy besides it. */
function waitForHost({ turn, link }: Holding): void {
  const host = turn.links.find((one) => one !== link && owns(turn, one));
  if (isHostComing(turn) && link.end.end === 'settled' && link.look?.look !== 'found')
    link.end = { end: 'later', reasons: [hostComes], afterMs: deliveryPauseMs, reach: 'side' };
  if (!host || link.look?.look === 'found' || link.end.end !== 'settled') return;
  if (host.end.end === 'held' || host.end.end === 'again') link.end = host.end;
  const { look } = host;
  if (host.end.end !== 'later' && look?.look !== 'failed') return;
  const afterMs = host.end.end === 'later' ? host.end.afterMs : null;
  link.end = { end: 'later', reasons: [{ code: 'notInHostCalendar' }], afterMs, reach: 'side' };
}

function takeFound({ turn, link }: Holding, sightings: readonly Sighting[]): void {
  const [sighting] = sightings;
  if (sighting) {
    link.look = { look: 'found', sighting };
    return;
  }
  if (!isInvited(turn, link)) return;
  if (turn.cue.failures < patience) {
    const reasons: readonly Reason[] = [{ code: 'invitationOnItsWay' }];
    link.end = { end: 'later', reasons, afterMs: deliveryPauseMs, reach: 'item' };
    return;
  }
  link.end = { end: 'closed', why: 'deletedInOutlook', carryAsPersonal: false };
  // The copies that name the person say so to Siebel at the next look.
  const other = turn.links.find((one) => one !== link && one.end.end === 'settled');
  if (other) other.end = { end: 'again' };
}

/** Whether a copy of the meeting that Exchange keeps names the person among its guests. */
function isInvited(turn: RecordTurn, link: LinkTurn): boolean {
  const login = sameLogin(link.person.holder.login);
  return turn.links.some((other) => {
    const { exchange } = other.seen;
    const item = other.look?.look === 'found' ? other.look.sighting.item : null;
    const shown = exchange.state === 'present' ? exchange.item : item;
    if (shown === null || !isAppointment(shown) || !(isOrganizersCopy(turn, other) || isAttendees(other)))
      return false;
    return activeMembers(shown.attendees).some(
      (member) =>
        typeof member !== 'string' &&
        sameLogin(member.login ?? turn.people?.known.get(member.address.toLowerCase())?.login ?? '') ===
          login,
    );
  });
}

function isAttendees({ look, base }: LinkTurn): boolean {
  const item =
    look?.look === 'found'
      ? look.sighting.item
      : base.exchange.state === 'present'
        ? base.exchange.item
        : null;
  return item !== null && isAppointment(item) && item.copy?.isOrganizer === false;
}
