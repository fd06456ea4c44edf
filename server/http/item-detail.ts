import type { ItemDetail } from '../../shared/api.ts';
import type { Holder, Sighting } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import { holderFor, refFrom } from '../holder.ts';
import { itemsByRef, type ItemRow } from '../store/items-view.ts';
import { listJournal } from '../store/journal-view.ts';
import type { PersonRow } from '../store/people-at-work.ts';
import { currentPolicy } from '../store/policy.ts';
import { openMatches } from '../store/questions-view.ts';
import { journalRow, linkedItem, siebelIdOf, unlinkedItem } from './item-view.ts';
import { problem, unreachable } from './problem.ts';

const historyLength = 50;

/** Everything about one Outlook item of a person: from our books where it is linked, else from the mailbox. */
export async function itemDetail(context: Context, person: PersonRow, itemId: string): Promise<ItemDetail> {
  const holder = holderFor(person, (await currentPolicy(context.db)).document);
  const ref = await immutableRef(context, holder, itemId);
  const row = (await itemsByRef(context.db, person.id, [ref])).get(ref);
  const isSettled = row?.is_open === true && row.exchange !== null;
  const live = isSettled ? null : await readItem(context, holder, ref);
  if (row) return linkedDetail(context, { holder, row, live });
  if (live === null) throw problem('item-not-found', 'Your mailbox holds no contact with this id.');
  const question = (await openMatches(context.db, person.id, [ref])).get(ref) ?? null;
  return {
    ...unlinkedItem(live, holder, question),
    siebelUrl: null,
    questionId: question?.id ?? null,
    notes: [],
    values: { siebel: null, exchange: { ...live.item } },
    history: [],
  };
}

/** The immutable id of an item however an add-in or a user names it. */
export async function immutableRef(
  { exchange }: Context,
  holder: Holder,
  itemId: string,
): Promise<Sighting['ref']> {
  const ids = await exchange.immutableIds(holder, [itemId]);
  if ('kind' in ids) throw unreachable(ids);
  return refFrom(ids[0] ?? itemId);
}

/** The item as the mailbox holds it now; null when it is not there. */
export async function readItem(
  { exchange }: Context,
  holder: Holder,
  ref: Sighting['ref'],
): Promise<Sighting | null> {
  const [look] = await exchange.read([{ holder, ref }]);
  if (look?.look === 'failed') throw unreachable(look.failure);
  return look?.look === 'found' ? look.sighting : null;
}

type Linked = Readonly<{ holder: Holder; row: ItemRow; live: Sighting | null }>;

async function linkedDetail(context: Context, { holder, row, live }: Linked): Promise<ItemDetail> {
  const history = await listJournal(context.db, {
    personId: holder.personId,
    recordId: row.record_id,
    domain: null,
    refs: null,
    since: null,
    after: null,
    limit: historyLength,
  });
  const exchange = live?.item ?? row.exchange;
  return {
    ...linkedItem(row, holder, live),
    siebelUrl: recordUrl(context, row.siebel_ref),
    questionId: row.question_id,
    notes: row.notes.map(({ field, what, reason }) => ({ field, what, reason })),
    values: { siebel: row.siebel && { ...row.siebel }, exchange: exchange && { ...exchange } },
    history: history.items.map(journalRow),
  };
}

function recordUrl({ settings }: Context, ref: string | null): string | null {
  const id = siebelIdOf(ref);
  if (ref === null || id === null) return null;
  const component = ref.slice(0, ref.indexOf('/'));
  return settings.siebel.recordUrl
    .replaceAll('{component}', encodeURIComponent(component))
    .replaceAll('{id}', encodeURIComponent(id));
}
