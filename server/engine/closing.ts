import { isOutOfTime } from './out-of-time.ts';
import { goesOnAsPersonal, isHiddenTask } from './sight.ts';
import type { LinkTurn, RecordTurn } from './turn-state.ts';

/** Whether a Link ends with this turn, and why; `null` while it goes on. */
export function closingOf(turn: RecordTurn, link: LinkTurn, now: Temporal.Instant): LinkTurn['end'] | null {
  const { seen, plan } = link;
  if (!plan) return null;
  const isNothing =
    seen.siebel.state === 'absent' && seen.exchange.state === 'absent' && plan.steps.length === 0;
  if (plan.link !== 'closes' && !isNothing) {
    return isOutOfTime(link, now) ? { end: 'closed', why: 'outsideWindow', carryAsPersonal: false } : null;
  }
  if (isHiddenTask(turn)) return { end: 'closed', why: 'privateInSiebel', carryAsPersonal: false };
  const carryAsPersonal = goesOnAsPersonal(turn, link);
  const isPrivate =
    turn.record.kind === 'business' && link.look?.look === 'found' && link.look.sighting.item.isPrivate;
  return { end: 'closed', why: whyOf(link, isPrivate && seen.exchange.state === 'absent'), carryAsPersonal };
}

function whyOf({ seen, row }: LinkTurn, turnedPrivate: boolean): string {
  const isContactLink = row.domain === 'contact';
  if (turnedPrivate) return 'private';
  if (seen.exchange.state === 'absent') {
    if (seen.exchange.why === 'deleted') return 'deletedInOutlook';
    if (seen.exchange.why === 'unmarked') return row.wish === 'unmark' ? 'unmarked' : 'categoryRemoved';
    if (seen.exchange.why === 'outOfReach') return 'outOfReach';
  }
  if (seen.siebel.state === 'absent') {
    if (seen.siebel.why === 'deleted') return 'deletedInSiebel';
    if (seen.siebel.why === 'unmarked') return isContactLink ? 'leftSyncList' : 'leftActivity';
    if (seen.siebel.why === 'outOfReach') return 'leftTeam';
  }
  return 'outOfReach';
}

const resting: ReadonlySet<string> = new Set(['outsideWindow', 'privateInSiebel']);

/** Whether a Link closes only for a while: it goes on from where it was, as if joining anew, once the reason has passed. */
export function rests(end: LinkTurn['end']): boolean {
  return end.end === 'closed' && resting.has(end.why);
}
