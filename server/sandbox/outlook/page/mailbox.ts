import { createActions, type Actions } from './actions.ts';
import { createAddIn } from './add-in.ts';
import { h } from './dom.ts';
import type { Folder } from './folders/folder.ts';
import { createInfoBar } from './info-bar.ts';
import { officeItemOf } from './opened.ts';
import type { Program } from './office/open-item.ts';
import { createSiebelPanel } from './siebel-panel.ts';
import { stateOf, type State } from './state.ts';
import { itemsView, openItemView, railView, type Attempt } from './views.ts';
import { textAt, type Graph, type Person } from './wire.ts';

export type Theme = 'light' | 'dark';
export type Mailbox = Readonly<{ element: HTMLElement; themeChanged: () => void; close: () => void }>;
type MailboxOptions = Readonly<{
  person: Person;
  graph: Graph;
  folders: readonly Folder[];
  language: string;
  signIn: Program['signIn'];
  theme: () => Theme;
}>;

const lookEveryMs = 1_500;

/** One person's Outlook: folders, list, open item, the add-in, and beside it what Siebel holds. */
export function createMailbox(options: MailboxOptions): Mailbox {
  const { person, graph, folders, ...settings } = options;
  const state = stateOf(graph, folders);
  const info = createInfoBar();
  const siebel = createSiebelPanel(person);
  const places = placesOf();
  const attempt = attemptWith(info.show);
  const program: Program = {
    person: { ...person, timeZone: graph.timeZone },
    ...settings,
    open: () => officeItemOf(state.opened),
    setCategories: (names) => actions.setCategories(names),
    knownCategories: () => state.master,
    showInfo: info.show,
    hideInfo: info.hide,
    openLink: (url) => void window.open(url, '_blank', 'noopener'),
  };
  const addIn = createAddIn(program);
  const around = { attempt, info: info.element, press: addIn.press, togglePane: addIn.togglePane };
  const drawList = (): void => places.list.replaceChildren(itemsView(state, actions, attempt));
  const drawAll = (): void => {
    places.rail.replaceChildren(...railView(state, actions, attempt));
    places.item.replaceChildren(...openItemView(state, { ...around, actions }));
    drawList();
  };
  const actions: Actions = createActions(state, {
    drawAll,
    drawList,
    isTyping: () => places.item.contains(document.activeElement),
    itemChanged: () => {
      info.clear();
      addIn.itemChanged();
      attempt(() => siebel.look(state.folder.name, state.opened?.item ?? null));
    },
  });
  const sides = h('div', { class: 'sides' }, addIn.element, siebel.element);
  drawAll();
  keepLooking(state, { actions, siebel, attempt });
  return {
    element: h('main', {}, ...Object.values(places), sides),
    themeChanged: addIn.themeChanged,
    close: () => {
      state.isClosed = true;
      addIn.close();
    },
  };
}

function attemptWith(show: (key: string, text: string) => void): Attempt {
  return (work) =>
    void work().catch((error: unknown) =>
      show('error', error instanceof Error ? error.message : String(error)),
    );
}

function placesOf() {
  return {
    rail: h('nav', { class: 'rail', 'aria-label': 'Folders' }),
    list: h('section', { class: 'list', 'aria-label': 'Items' }),
    item: h('section', { class: 'item', 'aria-label': 'Open item' }),
  };
}

type Looking = Readonly<{
  actions: Actions;
  siebel: ReturnType<typeof createSiebelPanel>;
  attempt: Attempt;
}>;

/** Looks at Graph and Siebel again and again: what sync brings is on screen soon. */
function keepLooking(state: State, { actions, siebel, attempt }: Looking): void {
  const look = async (): Promise<void> => {
    const rows = await state.graph.rows('/outlook/masterCategories');
    state.master = rows.map((one) => textAt(one, 'displayName'));
    await actions.refresh();
    await siebel.look(state.folder.name, state.opened?.item ?? null);
  };
  const lookAndWait = (): void => {
    if (state.isClosed) return;
    const looked = document.visibilityState === 'visible' ? look() : Promise.resolve();
    attempt(() => looked.finally(() => setTimeout(lookAndWait, lookEveryMs)));
  };
  lookAndWait();
}
