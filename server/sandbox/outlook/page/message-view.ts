import { h } from './dom.ts';
import { textAt, type Json } from './wire.ts';

export function messageView(item: Json): HTMLElement {
  const from = `${textAt(item, 'from', 'name')} <${textAt(item, 'from', 'address')}>`;
  return h(
    'article',
    { class: 'reading' },
    h('h2', {}, textAt(item, 'subject')),
    h('p', { class: 'detail' }, `From ${from}`),
    ...textAt(item, 'text')
      .split('\n\n')
      .map((paragraph) => h('p', {}, paragraph)),
  );
}
