import type { Actions } from './actions.ts';
import { h } from './dom.ts';
import { listView } from './list-view.ts';
import { messageView } from './message-view.ts';
import { idOf, type Opened } from './opened.ts';
import { ribbonView } from './ribbon.ts';
import type { State } from './state.ts';

/** Does something and says in the information bar when it did not work. */
export type Attempt = (work: () => Promise<void>) => void;

export function railView(
  { folders, folder }: State,
  actions: Actions,
  attempt: Attempt,
): readonly HTMLElement[] {
  return folders.map((one) =>
    h(
      'button',
      {
        type: 'button',
        'aria-current': one === folder ? 'page' : null,
        click: () => attempt(() => actions.show(one)),
      },
      one.title,
    ),
  );
}

export function itemsView({ folder, items, opened }: State, actions: Actions, attempt: Attempt): HTMLElement {
  return listView({
    folder,
    items,
    openId: idOf(opened),
    open: (item) => attempt(() => actions.open(item)),
    create: () => attempt(() => actions.open(null)),
  });
}

type Around = Readonly<{
  actions: Actions;
  attempt: Attempt;
  info: HTMLElement;
  press: () => Promise<void>;
  togglePane: () => void;
}>;

export function openItemView({ opened, master }: State, around: Around): readonly HTMLElement[] {
  if (opened === null) return [around.info, h('p', { class: 'empty' }, 'Nothing is open.')];
  const body = opened.form?.element ?? messageView(opened.item ?? {});
  return [ribbonOf(opened, master, around), around.info, body];
}

function ribbonOf(opened: Opened, master: readonly string[], around: Around): HTMLElement {
  const { folder, item, form, categories } = opened;
  const { actions, attempt, press, togglePane } = around;
  const isOwn = item === null || folder.isEditable(item);
  const isOffice = folder.name === 'mail' || folder.name === 'calendar';
  return ribbonView({
    save: form && isOwn ? () => attempt(actions.save) : null,
    remove: form && item ? () => attempt(actions.remove) : null,
    respond: form && !isOwn ? (answer) => attempt(() => actions.respond(answer)) : null,
    categories: master,
    isChosen: (name) => categories.includes(name),
    choose: form && ((name, isOn) => attempt(() => actions.choose(name, isOn))),
    sync: isOffice ? () => attempt(press) : null,
    togglePane,
  });
}
