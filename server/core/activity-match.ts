import { isAppointment, isTask } from '../../shared/item.ts';
import { sameValue } from './fields/item.ts';
import { formOf } from './fields/form.ts';
import { textForm } from './fields/text.ts';
import type { Item, Ref } from './snapshot.ts';

type Shown = Readonly<{ ref: Ref; item: Item }>;

/**
 * Pairs activities that stand on both sides, by SSSE's key fields: an appointment's subject, time and rule, a task's subject
 * and due date. Each is paired once, in the order given: of two that look equal on both sides, two pairs come, never one.
 */
export function pairActivities<Exchange extends Shown, Siebel extends Shown>(
  exchange: readonly Exchange[],
  siebel: readonly Siebel[],
): ReadonlyMap<Exchange, Siebel> {
  const free = Map.groupBy(siebel, ({ item }) => keyOf(item) ?? '');
  const pairs = new Map<Exchange, Siebel>();
  for (const one of exchange) {
    const key = keyOf(one.item);
    if (key === null) continue;
    const candidates = free.get(key) ?? [];
    const index = candidates.findIndex((other) => isSameSeries(one.item, other.item));
    const [found] = index < 0 ? [] : candidates.splice(index, 1);
    if (found) pairs.set(one, found);
  }
  return pairs;
}

/** `null` for an activity without a subject or a time: nothing tells it from others. */
function keyOf(item: Item): string | null {
  const subject = 'subject' in item ? textForm(item.subject ?? '').toLowerCase() : '';
  if (subject === '') return null;
  if (isTask(item)) return `${subject}\n${item.dueDate ?? ''}`;
  if (!isAppointment(item) || item.timeSlot === null) return null;
  return `${subject}\n${formOf('slot', item.timeSlot)}`;
}

/** A single appointment is no series, though its first occurrence may look like it; two rules may be told differently. */
function isSameSeries(a: Item, b: Item): boolean {
  if (!isAppointment(a) || !isAppointment(b)) return true;
  if (a.recurrence !== null && b.recurrence !== null) return true;
  return sameValue('recurrence', a.recurrence, b.recurrence);
}
