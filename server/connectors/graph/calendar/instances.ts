import type { FieldName } from '../../../core/step.ts';
import type { Holder, WriteAnswer } from '../../connector.ts';
import { isItemMissing } from '../errors.ts';
import type { Outlook } from '../read.ts';
import { pageFrom, query, rowFrom, type GraphRow } from '../wire.ts';
import { textBodies } from './body.ts';
import {
  changedParts,
  exceptionRows,
  occurrenceFromGraph,
  originalDay,
  cancelledDays,
} from './exceptions.ts';
import { outcomeFrom } from './outcome.ts';
import { eventPath } from './rows.ts';
import { zoneFromGraph } from './time-slot.ts';

/** Occurrences of a series. */
export type Instances = Readonly<{
  holder: Holder;
  /** The series' master. */
  ref: string;
  /** The days they have by the rule. */
  days: readonly string[];
}>;

type Failed = Readonly<{ failure: WriteAnswer }>;

const selected =
  'id,changeKey,type,seriesMasterId,originalStart,subject,body,location,start,end,isAllDay,isCancelled';

/** By original day. Exceptions may lie on any day, and their master names them; the others lie where the rule has them. */
export async function instancesOf(
  outlook: Outlook,
  { holder, ref, days }: Instances,
  master: GraphRow,
): Promise<ReadonlyMap<string, GraphRow> | Failed> {
  const zone = zoneFromGraph(master, holder);
  const found = new Map<string, GraphRow>();
  for (const row of exceptionRows(master)) {
    const day = originalDay(row, zone);
    if (day !== null && row['isCancelled'] !== true) found.set(day, row);
  }
  const cancelled = cancelledDays(master);
  const asked = days.filter((day) => !found.has(day) && !cancelled.includes(day));
  const answers = await Promise.all(asked.map((day) => askFor(outlook, { holder, ref }, day)));
  for (const [index, answer] of answers.entries()) {
    if ('outcome' in answer) return { failure: answer };
    const day = asked[index];
    const row = answer.find((one) => (originalDay(one, zone) ?? slotDay(one, zone)) === day);
    if (day !== undefined && row !== undefined) found.set(day, row);
  }
  return found;
}

async function askFor(
  outlook: Outlook,
  { holder, ref }: Pick<Instances, 'holder' | 'ref'>,
  day: string,
): Promise<readonly GraphRow[] | WriteAnswer> {
  const date = Temporal.PlainDate.from(day);
  const options = query({
    startDateTime: `${date.subtract({ days: 1 }).toString()}T00:00:00Z`,
    endDateTime: `${date.add({ days: 2 }).toString()}T00:00:00Z`,
    $select: selected,
  });
  const answer = await outlook.client.request({
    mailbox: holder.userId,
    method: 'GET',
    path: `${eventPath(holder.userId, ref)}/instances?${options}`,
    prefer: textBodies,
  });
  const page = answer.answer === 'response' && answer.status === 200 ? pageFrom(answer.body) : null;
  return page === null ? outcomeFrom(answer, outlook.client.nowMs(), [fieldOf(day)]) : page.rows;
}

/**
 * An occurrence as it stands after others of its series were written; `null` where there is none any more. What somebody
 * changed meanwhile is not overwritten.
 */
export async function seenAgain(
  outlook: Outlook,
  { holder }: Pick<Instances, 'holder'>,
  { day, row }: Readonly<{ day: string; row: GraphRow }>,
): Promise<Readonly<{ row: GraphRow | null }> | Failed> {
  const answer = await outlook.client.request({
    mailbox: holder.userId,
    method: 'GET',
    path: `${eventPath(holder.userId, row.id)}?${query({ $select: selected })}`,
    prefer: textBodies,
  });
  if (answer.answer === 'response' && isItemMissing(answer)) return { row: null };
  const now = answer.answer === 'response' && answer.status === 200 ? rowFrom(answer.body) : null;
  if (now === null) return { failure: outcomeFrom(answer, outlook.client.nowMs(), [fieldOf(day)]) };
  const [before, after] = [row, now].map((one) => occurrenceFromGraph(one, holder.timeZone));
  const isSame = before && after && changedParts(before, after).length === 0;
  return isSame === true ? { row: now } : { failure: { outcome: 'stale' } };
}

export function fieldOf(day: string): FieldName {
  return `occurrence.${day}`;
}

function slotDay(row: GraphRow, zone: string): string | null {
  return occurrenceFromGraph(row, zone)?.timeSlot.start.slice(0, 10) ?? null;
}
