import type { ItemSummary } from '../../../shared/api-items.ts';
import { unreachable, type Domain } from '../../../shared/domain.ts';

/**
 * Marks that were pressed here and are not on the server's books yet, by item. They are shown at once; a refusal takes them
 * back, and fresh news of the item ends them.
 */
export type Marks = ReadonlyMap<string, Mark>;
type Mark =
  | Readonly<{ is: 'sending'; isOn: boolean }>
  | (Readonly<{ is: 'answered'; isOn: boolean }> & Answer);

/** What the server says of the item after the mark. */
type Answer = Pick<ItemSummary, 'state' | 'why' | 'reasons'>;

export type MarksEvent =
  | Readonly<{ event: 'pressed'; key: string; isOn: boolean }>
  | (Readonly<{ event: 'answered'; key: string }> & Answer)
  | Readonly<{ event: 'refused'; key: string }>
  | Readonly<{ event: 'seen'; keys: readonly string[] }>;

export function markKey(domain: Domain, itemId: string): string {
  return `${domain}/${itemId}`;
}

export function changeMarks(marks: Marks, event: MarksEvent): Marks {
  switch (event.event) {
    case 'pressed':
      return new Map(marks).set(event.key, { is: 'sending', isOn: event.isOn });
    case 'answered':
      return answered(marks, event);
    case 'refused':
      return without(marks, [event.key]);
    case 'seen':
      return without(
        marks,
        event.keys.filter((key) => marks.get(key)?.is === 'answered'),
      );
  }
  return unreachable(event);
}

function answered(
  marks: Marks,
  { key, state, why, reasons }: Extract<MarksEvent, { event: 'answered' }>,
): Marks {
  const mark = marks.get(key);
  if (mark === undefined) return marks;
  return new Map(marks).set(key, { is: 'answered', isOn: mark.isOn, state, why, reasons });
}

/** The same map when nothing goes: nothing is drawn then. */
function without(marks: Marks, keys: readonly string[]): Marks {
  if (!keys.some((key) => marks.has(key))) return marks;
  return new Map([...marks].filter(([key]) => !keys.includes(key)));
}

/** The item as it is shown: as the server knows it, with what was pressed here on top. */
export function withMarks<Item extends ItemSummary>(item: Item, marks: Marks): Item {
  const mark = item.itemId === null ? undefined : marks.get(markKey(item.domain, item.itemId));
  if (mark === undefined) return item;
  if (mark.is === 'answered') return { ...item, state: mark.state, why: mark.why, reasons: mark.reasons };
  return { ...item, state: mark.isOn ? 'waiting' : 'off', why: null, reasons: null };
}
