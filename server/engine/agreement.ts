import { isVisible } from '../core/meeting.ts';
import { blankOf, fieldsOf, withValue } from '../core/fields/item.ts';
import type { Item } from '../core/snapshot.ts';
import { roleOf } from './meeting.ts';
import type { LinkTurn, RecordTurn } from './turn-state.ts';

/**
 * A meeting that came into step through a guest's copy is nothing new when its organizer's joins: Siebel's words are measured
 * against what was agreed then, as far as all guests see them. What is each copy's own meets Siebel for the first time.
 */
export function shareAgreement(turn: RecordTurn): void {
  if (turn.record.domain !== 'appointment') return;
  const agreed = turn.links.find((link) => isAgreed(link) && roleOf(turn, link) === 'attendee');
  if (agreed === undefined) return;
  for (const link of turn.links)
    if (isNew(link) && roleOf(turn, link) === 'organizer') takeAgreement(link, agreed);
}

function isAgreed({ base }: LinkTurn): boolean {
  return base.siebel.state === 'present' && base.exchange.state === 'present';
}

/** A first load tells guests nothing, whatever was agreed. */
function isNew({ base, row }: LinkTurn): boolean {
  return base.siebel.state === 'absent' && base.exchange.state === 'absent' && !row.is_silent;
}

function takeAgreement(link: LinkTurn, { base: { siebel, exchange } }: LinkTurn): void {
  if (siebel.state === 'absent' || exchange.state === 'absent' || link.look?.look !== 'found') return;
  const { ref, version } = link.look.sighting;
  link.base = {
    siebel: { ...siebel, item: toldTo(siebel.item) },
    exchange: { state: 'present', ref, version, item: toldTo(exchange.item) },
  };
}

function toldTo(item: Item): Item {
  return fieldsOf(item)
    .filter((field) => !isVisible(field))
    .reduce((rest, field) => withValue(rest, field, blankOf(field)), item);
}
