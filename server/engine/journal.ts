import { fieldsOf, isBlank, valueOf } from '../core/fields/item.ts';
import { isContact } from '../../shared/item.ts';
import { sentenceOf } from '../../shared/telling.ts';
import type { FieldValue } from '../core/plan.ts';
import type { Item } from '../core/snapshot.ts';
import type { FieldName } from '../core/step.ts';
import type { JournalEntry } from '../store/save-turns.ts';
import { newlyHeld } from './held-notes.ts';
import { siebelSighting, type Did, type LinkTurn, type RecordTurn } from './turn-state.ts';

/** The journal of a turn: one entry for each Link something was done to, with all that is needed to decide it again. */
export function journalOf(at: Temporal.Instant, turn: RecordTurn): readonly JournalEntry[] {
  let isSiebelCounted = false;
  return turn.links.flatMap((link) => {
    const isNews =
      link.did.length > 0 ||
      isAdopted(link) ||
      link.end.end === 'closed' ||
      link.end.end === 'parked' ||
      link.lost.length > 0 ||
      newlyHeld(link).length > 0;
    if (!isNews) return [];
    const wroteSiebel = !isSiebelCounted && link.did.some((did) => did.side === 'siebel') ? 1 : 0;
    isSiebelCounted ||= wroteSiebel === 1;
    return [entryOf(at, { turn, link, wroteSiebel })];
  });
}

function entryOf(
  at: Temporal.Instant,
  { turn, link, wroteSiebel }: { turn: RecordTurn; link: LinkTurn; wroteSiebel: number },
): JournalEntry {
  const reasons = link.end.end === 'parked' ? link.end.reasons : (link.plan?.reasons ?? []);
  return {
    at: at.toString(),
    person_id: link.row.person_id,
    record_id: turn.record.id,
    link_id: link.row.id,
    domain: turn.record.domain,
    siebel_ref: siebelSighting(turn)?.ref ?? turn.record.ref,
    exchange_ref: link.look?.look === 'found' ? link.look.sighting.ref : link.row.ref,
    cause: turn.cue.cause,
    verdict: link.plan?.verdict ?? 'rest',
    step: stepOf(link),
    why: sentenceOf(reasons),
    reasons,
    before: valuesOf(link.did, 'before'),
    after: valuesOf(link.did, 'after'),
    lost: link.lost,
    wrote_siebel: wroteSiebel,
    wrote_exchange: link.did.some((did) => did.side === 'exchange') ? 1 : 0,
    replay: { rules: link.person.ruling(turn.kind), passes: link.passes, end: link.end.end },
  };
}

function stepOf(link: LinkTurn): string {
  const steps = [...(isAdopted(link) ? ['adopt'] : []), ...link.did.map((did) => `${did.side} ${did.step}`)];
  if (newlyHeld(link).length > 0) steps.push(`hold (${newlyHeld(link).join(', ')})`);
  if (link.end.end === 'closed') steps.push(`close (${link.end.why})`);
  if (link.end.end === 'parked') steps.push('park');
  return steps.join(', ') || 'rest';
}

/** What stood on both sides was found to be the same and is kept in step from now on. */
function isAdopted({ before, seen, end, did }: LinkTurn): boolean {
  const isFirst = before.siebel.state === 'absent' && before.exchange.state === 'absent';
  const isBoth = seen.siebel.state === 'present' && seen.exchange.state === 'present';
  return isFirst && isBoth && end.end === 'settled' && !did.some((one) => one.step === 'create');
}

/** The values the steps touched: what they were, or what they are now. */
function valuesOf(did: readonly Did[], which: 'before' | 'after'): Record<string, FieldValue> | null {
  const values: Record<string, FieldValue> = {};
  for (const one of did) {
    const item = one[which];
    if (item === null) continue;
    const fields =
      one.fields.length > 0 ? one.fields : fieldsOf(item).filter((field) => isFilled(item, field));
    for (const field of fields) values[field] = valueOf(item, field);
  }
  return Object.keys(values).length > 0 ? values : null;
}

function isFilled(item: Item, field: FieldName): boolean {
  return !isBlank(field, valueOf(item, field));
}

/** How people recognise the item in a question: its name, else its company, else its address. */
export function labelOf(link: LinkTurn): string {
  const { exchange, siebel } = link.seen;
  const item = exchange.state === 'present' ? exchange.item : siebel.state === 'present' ? siebel.item : null;
  return item ? nameOf(item) : 'an item';
}

export function nameOf(item: Item): string {
  if (!isContact(item)) return item.subject ?? 'without a subject';
  const name = [item.firstName, item.lastName].filter((part) => part !== null).join(' ');
  return name || item.company || item.email1 || 'a contact without a name';
}
