import type { Both, Side } from '../../shared/domain.ts';
import type { Sighting } from '../connectors/connector.ts';
import { blankOf, fieldsOfAll, sameValue, valueOf, withValue } from '../core/fields/item.ts';
import type { Item, Snapshot } from '../core/snapshot.ts';
import { includesLogin } from './logins.ts';
import { outlookItem, siebelItem } from './meeting.ts';
import type { LinkTurn, RecordTurn } from './turn-state.ts';

/**
 * A create whose answer was lost is found done, by its stamp. What both sides held then is the base: what they show beside
 * it has been written since, and what is gone since has been removed.
 */
export function takeBegunRecord(turn: RecordTurn, sighting: Sighting): void {
  for (const link of turn.links) {
    const { begun, ref, version } = link.row;
    // Without its owner on the list the record is half made: then it is met as at a first contact.
    const isMade = includesLogin(sighting.members, link.person.holder.login);
    if (begun === null || ref === null || version === null || !isMade) continue;
    const sent = sentAs(namedIn(turn, link, begun), 'siebel', siebelItem(turn, sighting.item));
    startFrom(link, {
      siebel: { state: 'present', ref: sighting.ref, version: sighting.version, item: sent.siebel },
      exchange: { state: 'present', ref, version, item: sent.exchange },
    });
  }
}

/** The same for a copy made in Outlook. */
export function takeBegunCopy(turn: RecordTurn, link: LinkTurn, sighting: Sighting): void {
  const { ref, version } = turn.record;
  const { begun } = link.row;
  if (begun === null || ref === null || version === null) return;
  const sent = sentAs(namedIn(turn, link, begun), 'exchange', outlookItem(turn, link, sighting.item));
  startFrom(link, {
    siebel: { state: 'present', ref, version, item: sent.siebel },
    exchange: { state: 'present', ref: sighting.ref, version: sighting.version, item: sent.exchange },
  });
}

/** The pair as the looks of this turn name people, and with no more of what is private than they show. */
function namedIn(turn: RecordTurn, link: LinkTurn, { siebel, exchange }: Both<Item>): Both<Item> {
  return { siebel: siebelItem(turn, siebel), exchange: outlookItem(turn, link, exchange) };
}

function startFrom(link: LinkTurn, base: Both<Snapshot>): void {
  link.before = base;
  link.base = base;
}

/**
 * The pair as sent. A field that reads otherwise may have been stored shorter, or written by somebody since: it is weighed
 * as at a first contact, where the policy says who wins and the journal keeps the other value.
 */
function sentAs(begun: Both<Item>, side: Side, found: Item): Both<Item> {
  const strange = fieldsOfAll([begun[side], found]).filter(
    (field) => !sameValue(field, valueOf(begun[side], field), valueOf(found, field)),
  );
  const without = (item: Item): Item =>
    strange.reduce((rest, field) => withValue(rest, field, blankOf(field)), item);
  return { siebel: without(begun.siebel), exchange: without(begun.exchange) };
}
