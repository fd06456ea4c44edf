import type { ItemSummary, JournalRow } from '../../shared/api-items.ts';
import { describeRecurrence } from '../../shared/describe-recurrence.ts';
import { describeSlot, titleOf } from '../../shared/describe-item.ts';
import { domainOf, isAppointment, isContact, isTask, type Item, type ItemKind } from '../../shared/item.ts';
import { longDate } from '../../shared/long-date.ts';
import { startIn } from '../../shared/start-in.ts';
import { telling, type Telling } from '../../shared/telling.ts';
import type { Holder, Sighting } from '../connectors/connector.ts';
import { outlookIdOf } from '../holder.ts';
import type { ItemRow } from '../store/item-rows.ts';
import type { JournalEntryRow } from '../store/journal-view.ts';
import type { QuestionRow } from '../store/questions-view.ts';
import { whyClosed, whyOutOfTime } from '../why-off.ts';
import { siebelIdOf } from './item-ids.ts';
import type { Viewpoint } from './viewpoint.ts';

/** A linked item as lists show it; `live` is the Outlook copy where it has just been read. */
export function linkedItem(row: ItemRow, { holder, isOut }: Viewpoint, live: Sighting | null): ItemSummary {
  const item = live?.item ?? row.exchange ?? row.siebel;
  const isOutOfTime = item !== null && isAtRest(row) && isOut(item);
  return {
    domain: row.domain,
    itemId: outlookIdOf(row.domain, row.ref),
    kind: row.kind,
    ...headOf(item, holder.timeZone),
    state: isOutOfTime ? 'off' : row.state,
    ...(isOutOfTime ? whyOutOfTime : tellingOf(row)),
    categories: [...categoriesShown(item, row.is_open ? markOf(row, holder) : null)],
    siebelId: siebelIdOf(row.siebel_ref),
    lastSyncedAt: row.settled_at,
  };
}

/** Nobody asks or is asked anything about it: then the time that is kept in step may speak. */
function isAtRest({ state, wish }: ItemRow): boolean {
  return state === 'inStep' || (state === 'waiting' && wish === null);
}

/** An Outlook item that no Link leads to; `told` says which rule left it alone. */
export function unlinkedItem(
  sighting: Sighting,
  holder: Holder,
  { question, told }: Readonly<{ question: QuestionRow | null; told: Telling }>,
): ItemSummary {
  const { item, kind, ref, isMarked } = sighting;
  const domain = domainOf(item);
  return {
    domain,
    itemId: outlookIdOf(domain, ref),
    kind: domain === 'contact' ? null : kind,
    ...headOf(item, holder.timeZone),
    state: question ? 'asking' : 'off',
    ...(question ? telling({ code: 'severalRecords', domain }) : told),
    categories: [...categoriesShown(item, isMarked ? markOf({ domain, kind }, holder) : null)],
    siebelId: null,
    lastSyncedAt: null,
  };
}

export function journalRow(row: JournalEntryRow): JournalRow {
  return {
    id: row.id,
    at: row.at,
    mailbox: row.mailbox,
    domain: row.domain,
    item: outlookIdOf(row.domain, row.exchange_ref) ?? siebelIdOf(row.siebel_ref),
    siebelId: siebelIdOf(row.siebel_ref),
    cause: row.cause,
    verdict: row.verdict,
    step: row.step,
    why: row.why,
    reasons: row.reasons,
    before: row.before && { ...row.before },
    after: row.after && { ...row.after },
    lost: [...row.lost],
  };
}

function tellingOf(row: ItemRow): Telling {
  const { parked_reason: parked, why, reasons } = row;
  // What is parked is what the last turn ended with, unless the two were written at different times.
  if (parked !== null) return { why: parked, reasons: parked === why ? reasons : null };
  if (row.state === 'off') return whyClosed(row);
  if (row.wish === 'mark') return telling({ code: 'marking' });
  if (row.wish === 'unmark') return telling({ code: 'unmarking' });
  const waiting = row.notes.filter(({ what }) => what === 'mailHeld');
  const [first] = waiting;
  if (row.state !== 'held' || first === undefined) return { why, reasons };
  const waits = telling({ code: 'waitsInSiebel', labels: waiting.map(({ field }) => field) });
  return {
    why: `${waits.why} ${first.reason}`,
    reasons: first.because ? [...(waits.reasons ?? []), first.because] : null,
  };
}

function markOf({ domain, kind }: Pick<ItemRow, 'domain' | 'kind'>, { marks }: Holder): string {
  const { write, employee } = marks[domain];
  return kind === employeeKind ? (employee ?? write) : write;
}

const employeeKind: ItemKind = 'employee';

function categoriesShown(item: Item | null, mark: string | null): readonly string[] {
  const own = item?.categories ?? [];
  return mark === null ? own : [mark, ...own];
}

type Head = Pick<ItemSummary, 'label' | 'detail' | 'when'>;

function headOf(item: Item | null, zone: string): Head {
  if (item === null) return { label: '(no name)', detail: null, when: null };
  const label = titleOf(item);
  if (isAppointment(item)) {
    const { timeSlot, recurrence } = item;
    const time = timeSlot === null ? null : describeSlot(timeSlot);
    const rule = recurrence === null ? null : describeRecurrence(recurrence);
    const detail = [time, rule].filter((part) => part !== null).join('; ') || null;
    return { label, detail, when: timeSlot && startIn(timeSlot, zone) };
  }
  if (isTask(item)) {
    const detail = item.dueDate === null ? null : `due ${longDate(item.dueDate)}`;
    return { label, detail, when: item.dueDate };
  }
  const detail = isContact(item) ? [item.company, item.email1].find((part) => part && part !== label) : null;
  return { label, detail: detail ?? null, when: null };
}
