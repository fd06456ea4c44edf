import type { ItemSummary } from '../../../shared/api-items.ts';
import type { Format } from '../format.ts';
import type { Say } from '../texts.ts';

/** The line under an item's name: when it is, or of a contact what the server says of them. */
export function underLabel(item: ItemSummary, { format, say }: Readonly<{ format: Format; say: Say }>) {
  const { domain, when, detail } = item;
  if (domain === 'contact' || when === null) return domain === 'contact' ? detail : null;
  return domain === 'task' ? say('due', { date: format.wall(when) }) : format.wall(when);
}
