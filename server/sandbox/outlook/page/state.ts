import type { Folder } from './folders/folder.ts';
import type { Opened } from './opened.ts';
import type { Graph, Json } from './wire.ts';

/** What the open mailbox shows; the one thing here that changes. */
export type State = {
  readonly graph: Graph;
  readonly folders: readonly Folder[];
  folder: Folder;
  items: readonly Json[];
  opened: Opened | null;
  /** The names of the master category list. */
  master: readonly string[];
  isClosed: boolean;
};

export function stateOf(graph: Graph, folders: readonly Folder[]): State {
  const [folder] = folders;
  if (folder === undefined) throw new Error('A mailbox has folders.');
  return { graph, folders, folder, items: [], opened: null, master: [], isClosed: false };
}
