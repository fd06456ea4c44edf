import { h } from './dom.ts';

/** What add-ins say about the open item, one line a key. */
export function createInfoBar() {
  const element = h('div', { role: 'status', 'aria-label': 'Information bar' });
  const lines = new Map<string, HTMLElement>();
  const hide = (key: string): void => {
    lines.get(key)?.remove();
    lines.delete(key);
  };
  return {
    element,
    show: (key: string, text: string): void => {
      hide(key);
      const line = h('p', { class: 'info' }, text);
      lines.set(key, line);
      element.append(line);
    },
    hide,
    clear: (): void => {
      for (const key of lines.keys()) hide(key);
    },
  };
}
