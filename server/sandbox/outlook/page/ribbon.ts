import { h } from './dom.ts';

type Ribbon = Readonly<{
  /** Null: the button is not there. */
  save: (() => void) | null;
  remove: (() => void) | null;
  respond: ((answer: 'accept' | 'decline') => void) | null;
  categories: readonly string[];
  isChosen: (category: string) => boolean;
  choose: ((category: string, isOn: boolean) => void) | null;
  /** Null: Outlook shows no add-in buttons here. */
  sync: (() => void) | null;
  togglePane: () => void;
}>;

export function ribbonView(ribbon: Ribbon): HTMLElement {
  const { save, remove, respond, sync, togglePane } = ribbon;
  return h(
    'div',
    { class: 'ribbon', role: 'toolbar', 'aria-label': 'Ribbon' },
    h(
      'div',
      { class: 'group' },
      button('Save', save, 'main'),
      button('Delete', remove),
      respond && button('Accept', () => respond('accept')),
      respond && button('Decline', () => respond('decline')),
      categoriesView(ribbon),
    ),
    h(
      'div',
      { class: 'group', role: 'group', 'aria-label': 'Siebel' },
      h('span', {}, 'Siebel'),
      sync === null ? null : button('Sync to Siebel', sync),
      button('Siebel', togglePane),
    ),
  );
}

function button(
  label: string,
  press: (() => void) | null,
  className: string | null = null,
): HTMLElement | null {
  return press && h('button', { type: 'button', class: className, click: press }, label);
}

function categoriesView({ categories, isChosen, choose }: Ribbon): HTMLElement | null {
  if (choose === null || categories.length === 0) return null;
  const rows = categories.map((name) =>
    h(
      'label',
      {},
      h('input', {
        type: 'checkbox',
        checked: isChosen(name),
        change: ({ target }) => choose(name, target instanceof HTMLInputElement && target.checked),
      }),
      ` ${name}`,
    ),
  );
  return h('details', {}, h('summary', {}, 'Categorise'), ...rows);
}
