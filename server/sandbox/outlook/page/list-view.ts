import { badges, h } from './dom.ts';
import type { Folder } from './folders/folder.ts';
import { textAt, type Json } from './wire.ts';

type ListView = Readonly<{
  folder: Folder;
  items: readonly Json[];
  openId: string | null;
  open: (item: Json) => void;
  create: () => void;
}>;

/** The items of a folder, group by group. */
export function listView({ folder, items, openId, open, create }: ListView): HTMLElement {
  const groups = Map.groupBy(items, (item) => folder.groupOf(item));
  const row = (item: Json): HTMLElement => {
    const categories = Array.isArray(item['categories']) ? item['categories'].map(String) : [];
    const isOpen = textAt(item, 'id') === openId;
    return h(
      'li',
      {},
      h(
        'button',
        { type: 'button', 'aria-current': isOpen ? 'true' : null, click: () => open(item) },
        folder.labelOf(item),
        h('small', {}, folder.detailOf(item)),
        badges(categories),
      ),
    );
  };
  const groupView = ([name, own]: [string, readonly Json[]]): HTMLElement =>
    h('div', {}, h('h3', {}, name), h('ul', {}, ...own.map(row)));
  return h(
    'div',
    {},
    folder.newLabel === null
      ? null
      : h('div', { class: 'bar' }, h('button', { type: 'button', click: create }, folder.newLabel)),
    ...(items.length === 0 ? [h('p', { class: 'empty' }, 'Nothing here.')] : [...groups].map(groupView)),
  );
}
