import type { Folder } from './folders/folder.ts';
import { idOf, openedOf } from './opened.ts';
import type { State } from './state.ts';
import { sandboxTime, textAt, type Json } from './wire.ts';

/** What the person can do; each is shown at once and sent to Graph. Rejects with what Graph said. */
export type Actions = Readonly<{
  show: (folder: Folder) => Promise<void>;
  /** Null opens the form of a new item. */
  open: (item: Json | null) => Promise<void>;
  save: () => Promise<void>;
  remove: () => Promise<void>;
  respond: (answer: 'accept' | 'decline') => Promise<void>;
  choose: (category: string, isOn: boolean) => Promise<void>;
  setCategories: (names: readonly string[]) => Promise<void>;
  /** Reads the list again and, unless somebody is typing in it, the open item. */
  refresh: () => Promise<void>;
}>;

type Around = Readonly<{
  drawAll: () => void;
  drawList: () => void;
  isTyping: () => boolean;
  /** Another item is open, or none. */
  itemChanged: () => void;
}>;

export function createActions(state: State, around: Around): Actions {
  const refresh = () => refreshed(state, around);
  const leave = async (): Promise<void> => {
    state.opened = null;
    around.drawAll();
    around.itemChanged();
    await refresh();
  };
  /** What the open item was sent to, if there is one. */
  const send = async (method: 'POST' | 'PATCH' | 'DELETE', step: string, body?: Json): Promise<void> => {
    const item = state.opened?.item;
    if (item) await state.graph.send(method, `${state.folder.pathOf(item)}${step}`, body);
  };
  const setCategories = async (names: readonly string[]): Promise<void> => {
    if (state.opened === null) return;
    state.opened = { ...state.opened, categories: names };
    await send('PATCH', '', { categories: names });
    around.drawAll();
    await refresh();
  };
  return {
    refresh,
    setCategories,
    show: (folder) => {
      state.folder = folder;
      state.items = [];
      return leave();
    },
    open: async (item) => {
      await put(state, item);
      around.drawAll();
      around.itemChanged();
    },
    save: async () => {
      await saved(state);
      around.drawAll();
      await refresh();
    },
    remove: async () => {
      await send('DELETE', '');
      await leave();
    },
    respond: async (answer) => {
      await send('POST', `/${answer}`, { sendResponse: true });
      await leave();
    },
    choose: (category, isOn) => setCategories(chosen(state, category, isOn)),
  };
}

function chosen({ opened }: State, category: string, isOn: boolean): readonly string[] {
  const others = (opened?.categories ?? []).filter((one) => one !== category);
  return isOn ? [...others, category] : others;
}

async function put(state: State, item: Json | null): Promise<void> {
  const { folder, graph } = state;
  const inUtc = item && folder.name === 'calendar' ? await graph.inUtc(folder.pathOf(item)) : null;
  state.opened = openedOf({ folder, item, inUtc, now: await sandboxTime() });
}

/** The same item stays open, so an add-in is not told of another. */
async function saved(state: State): Promise<void> {
  const { opened, folder, graph } = state;
  if (!opened?.form?.check()) return;
  const { item, categories, form } = opened;
  const body = folder.bodyOf(form.values());
  const answer = item
    ? await graph.send('PATCH', folder.pathOf(item), body)
    : await graph.send('POST', folder.place, { ...body, categories });
  await put(state, answer);
}

async function refreshed(state: State, { drawAll, drawList, isTyping }: Around): Promise<void> {
  const { folder, graph } = state;
  const rows = await folder.list(graph, await sandboxTime());
  if (folder !== state.folder || state.isClosed) return;
  if (JSON.stringify(rows) === JSON.stringify(state.items)) return;
  state.items = rows;
  drawList();
  const fresh = rows.find((row) => textAt(row, 'id') === idOf(state.opened));
  if (!fresh || state.opened?.form?.isDirty() !== false || isTyping()) return;
  await put(state, fresh);
  drawAll();
}
