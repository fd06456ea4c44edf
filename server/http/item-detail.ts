import type { ItemDetail } from '../../shared/api-items.ts';
import { describeRecurrence } from '../../shared/describe-recurrence.ts';
import { isAppointment, type Item } from '../../shared/item.ts';
import { nothingTold } from '../../shared/telling.ts';
import type { Holder, Sighting } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import { refFrom } from '../holder.ts';
import type { ItemRow } from '../store/item-rows.ts';
import { itemsByRef } from '../store/items-view.ts';
import { listJournal } from '../store/journal-view.ts';
import type { PersonRow } from '../store/people-at-work.ts';
import { openMatches } from '../store/questions-view.ts';
import { whyOff } from '../why-off.ts';
import { attendeesShown } from './attendees.ts';
import { itemMissing, readItem, refNamed, siebelUrlOf, type Named } from './item-ids.ts';
import { fieldsShown, heldShown, occurrencesShown } from './item-values.ts';
import { journalRow, linkedItem, unlinkedItem } from './item-view.ts';
import { viewpointOf, type Viewpoint } from './viewpoint.ts';

const historyLength = 50;

/** Everything about one Outlook item of a person: from our books where it is linked, else from the mailbox. */
export async function itemDetail(context: Context, person: PersonRow, named: Named): Promise<ItemDetail> {
  const { domain } = named;
  const view = await viewpointOf(context, person, domain);
  const { holder } = view;
  const ref = await refNamed(context, holder, named);
  const rows = await itemsByRef(context.db, person.id, [ref]);
  const row = rows.get(ref);
  const isSettled = row?.is_open === true && row.exchange !== null;
  const live = isSettled ? null : await readItem(context, holder, { domain, ref });
  if (row && row.domain !== domain) throw itemMissing(domain);
  const isOff = live !== null && row?.state !== 'waiting' && !row?.is_open;
  const told = isOff
    ? ((await whyOff(context, { person, domain, sightings: [live], closed: rows })).get(ref) ?? nothingTold)
    : nothingTold;
  if (row) {
    const detail = await linkedDetail(context, view, { row, live });
    return isOff ? { ...detail, ...told } : detail;
  }
  if (live === null) throw itemMissing(domain);
  const question = (await openMatches(context.db, person.id, [ref])).get(ref) ?? null;
  const sides = { siebel: null, exchange: live.item };
  return {
    ...unlinkedItem(live, holder, { question, told }),
    siebelUrl: null,
    questionId: question?.id ?? null,
    notes: [],
    ...(await contentOf(context, holder, sides)),
    fidelity: null,
    held: [],
    history: [],
  };
}

type Linked = Readonly<{ row: ItemRow; live: Sighting | null }>;

async function linkedDetail(context: Context, view: Viewpoint, { row, live }: Linked): Promise<ItemDetail> {
  const { holder } = view;
  const sides = {
    siebel: (await siebelNow(context, holder, row)) ?? row.siebel,
    exchange: live?.item ?? row.exchange,
  };
  const notes = row.notes.map(({ field, what, reason, because = null }) => ({
    field,
    what,
    reason,
    because,
  }));
  return {
    ...linkedItem(row, view, live),
    siebelUrl: siebelUrlOf(context, row.siebel_ref),
    questionId: row.question_id,
    notes,
    ...(await contentOf(context, holder, sides)),
    fidelity: notes.find(({ field }) => field === 'recurrence')?.reason ?? null,
    held: heldShown(notes, sides),
    history: await historyOf(context, holder, row),
  };
}

/**
 * Siebel's side of a meeting as it is now: our books do not say which guests are employees there, nor what waits to go to
 * Outlook. Null of everything else, and where Siebel cannot be asked: then the books have to do.
 */
async function siebelNow({ siebel, log }: Context, holder: Holder, row: ItemRow): Promise<Item | null> {
  const copy = row.exchange ?? row.siebel;
  if (row.siebel_ref === null || copy === null || !isAppointment(copy) || copy.attendees.length === 0)
    return null;
  const ref = refFrom(row.siebel_ref);
  const [look] = await siebel.read([{ domain: row.domain, holder, ref, known: row.siebel }]);
  if (look?.look === 'found') return look.sighting.item;
  if (look?.look === 'failed') log.warn({ reason: look.failure.reason }, 'a meeting is shown as last agreed');
  return null;
}

type Sides = Readonly<{ siebel: Item | null; exchange: Item | null }>;
type Content = Pick<ItemDetail, 'values' | 'fields' | 'repeats' | 'occurrences' | 'attendees'>;

/** What both sides hold, raw and in words. */
async function contentOf(context: Context, holder: Holder, sides: Sides): Promise<Content> {
  const { siebel, exchange } = sides;
  const item = exchange ?? siebel;
  const rule = item !== null && isAppointment(item) ? item.recurrence : null;
  return {
    values: { siebel: siebel && { ...siebel }, exchange: exchange && { ...exchange } },
    fields: fieldsShown(sides),
    repeats: rule && describeRecurrence(rule),
    occurrences: occurrencesShown(sides),
    attendees: await attendeesShown(context, holder, sides),
  };
}

async function historyOf(context: Context, holder: Holder, row: ItemRow): Promise<ItemDetail['history']> {
  const history = await listJournal(context.db, {
    personId: holder.personId,
    recordId: row.record_id,
    domain: null,
    refs: null,
    since: null,
    after: null,
    limit: historyLength,
  });
  return history.items.map(journalRow);
}
