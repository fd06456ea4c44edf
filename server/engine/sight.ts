import { domainOfKind } from '../../shared/item.ts';
import { becomesPersonal, seenInExchange, seenInSiebel, type ExchangeContext } from '../core/selection.ts';
import { never, type Snapshot } from '../core/snapshot.ts';
import { outlookItem, siebelItem } from './meeting.ts';
import { siebelSighting, type LinkTurn, type RecordTurn } from './turn-state.ts';

/** A task that is private in Siebel: To Do could not keep it so. What was in step goes separate ways, and nothing is removed. */
export function isHiddenTask(turn: RecordTurn): boolean {
  return turn.record.kind === 'task' && siebelSighting(turn)?.item.isPrivate === true;
}

const hidden: Snapshot = { state: 'absent', why: 'outOfReach' };

/** What the Outlook copy counts as: as it was read, or as the base remembers it where no feed reported a change. */
export function exchangeSnapshot(turn: RecordTurn, link: LinkTurn): Snapshot {
  if (isHiddenTask(turn)) return hidden;
  const snapshot = shownInOutlook(turn, link);
  return snapshot.state === 'present'
    ? { ...snapshot, item: outlookItem(turn, link, snapshot.item) }
    : snapshot;
}

function shownInOutlook(turn: RecordTurn, link: LinkTurn): Snapshot {
  const { look, row } = link;
  if (look === null || look.look === 'failed') {
    if (row.wish === 'unmark' && link.base.exchange.state === 'present')
      return { state: 'absent', why: 'unmarked' };
    return row.ref === null && link.base.exchange.state === 'present' ? never : link.base.exchange;
  }
  return seenInExchange(look, exchangeContext(turn, link));
}

function exchangeContext(turn: RecordTurn, { row, base, person }: LinkTurn): ExchangeContext {
  const domain = domainOfKind[turn.record.kind];
  // Where no category is asked for, taking it off says nothing.
  const isAsked = domain === 'contact' || person.policy.domains[domain].requireCategory;
  return {
    kind: turn.record.kind,
    wasMarked: isAsked && base.exchange.state === 'present' && row.wish !== 'mark',
    isUnmarkWished: row.wish === 'unmark',
  };
}

/** Whether a business contact that its owner made Private is to go on as a personal one. */
export function goesOnAsPersonal(turn: RecordTurn, link: LinkTurn): boolean {
  if (link.look?.look !== 'found') return false;
  const { privateItems } = link.person.policy.domains.contact;
  return becomesPersonal(link.look, { ...exchangeContext(turn, link), privateItems });
}

/** What the Siebel record counts as for the Link's person. A record that is not there yet has never been. */
export function siebelSnapshot(turn: RecordTurn, link: LinkTurn): Snapshot {
  if (isHiddenTask(turn)) return hidden;
  if (turn.siebel === null || turn.siebel.look === 'failed') return never;
  const snapshot = seenInSiebel(turn.siebel, {
    login: link.person.holder.login,
    wasMember: link.row.wish !== 'mark' && link.row.is_listed,
    wasOnTeam: link.row.was_on_team,
    matchScope: link.person.policy.domains.contact.matchScope,
  });
  return snapshot.state === 'present' ? { ...snapshot, item: siebelItem(turn, snapshot.item) } : snapshot;
}
