import type { Failure } from '../connector.ts';
import type { GraphClient } from './client.ts';
import { failureFrom, isItemMissing } from './errors.ts';
import type { GraphAnswer } from './packer.ts';
import { turnPages } from './turn-pages.ts';
import { pageFrom, rowFrom, segment, textFrom, type GraphRow } from './wire.ts';

/** The contact folders of a mailbox, the default one first, without what lies in Deleted Items. */
type FolderTree = Readonly<{
  contactFolders: readonly string[];
  /** `null` where the service does not tell. */
  deletedItems: string | null;
}>;

export type Folders = Readonly<{
  /** Looked up anew, whatever is kept; folders that are known already save a round trip. */
  look: (mailbox: string, known?: readonly string[]) => Promise<FolderTree | Failure>;
  /** Whether a contact in this folder is kept in step, was deleted by somebody, or cannot be placed. */
  place: (mailbox: string, folderId: string) => Promise<Place | Failure>;
  /** Remembers that a mailbox was moved: an id that leads nowhere there proves nothing any more. */
  noteMove: (mailbox: string) => void;
  wasMoved: (mailbox: string) => boolean;
}>;

type Place = 'contacts' | 'deletedItems' | 'elsewhere';

/** A folder can be thrown away as a whole, so nothing is believed for longer than this. */
const keepMs = 10 * 60_000;
const mostKept = 20_000;
/** Long enough for everything that still holds an old id to have been looked at. */
const moveMs = 24 * 3_600_000;
const deepest = 10;

export function createFolders(client: GraphClient): Folders {
  const kept = new Map<string, Readonly<{ tree: FolderTree; atMs: number }>>();
  const moved = new Map<string, number>();
  const look = sharing(async (mailbox: string, known: readonly string[]) => {
    const tree = await lookUp(client, mailbox, { known, before: kept.get(mailbox)?.tree ?? null });
    if ('kind' in tree) return tree;
    kept.delete(mailbox);
    kept.set(mailbox, { tree, atMs: client.nowMs() });
    for (const [oldest] of kept) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
    return tree;
  });
  const place = async (mailbox: string, folderId: string) => {
    const known = kept.get(mailbox);
    const isFresh = known !== undefined && client.nowMs() - known.atMs < keepMs;
    if (isFresh && known.tree.contactFolders.includes(folderId)) return 'contacts';
    if (isFresh && known.tree.deletedItems === folderId) return 'deletedItems';
    const tree = await look(mailbox);
    return 'kind' in tree ? tree : placeIn(client, mailbox, { tree, folderId });
  };
  return {
    look,
    place,
    noteMove: (mailbox) => void moved.set(mailbox, client.nowMs()),
    wasMoved: (mailbox) => client.nowMs() - (moved.get(mailbox) ?? Number.NEGATIVE_INFINITY) < moveMs,
  };
}

/**
 * The default folder is not among `contactFolders` (facts/graph.md 4.2). Its well-known name is tried first; where the
 * service does not take it, any contact in it tells its id.
 */
async function lookUp(
  client: GraphClient,
  mailbox: string,
  { known, before }: Readonly<{ known: readonly string[]; before: FolderTree | null }>,
): Promise<FolderTree | Failure> {
  const early = new Map(
    known
      .filter((folder) => folder !== unnamedDefault)
      .map((folder) => [folder, childrenOf(client, mailbox, folder)]),
  );
  const [landmarks, top] = await Promise.all([
    landmarksIn(before, known) ?? landmarksOf(client, mailbox),
    childrenOf(client, mailbox, null),
    ...early.values(),
  ]);
  if ('kind' in landmarks) return landmarks;
  if ('kind' in top) return top;
  const { defaultFolder, deletedItems } = landmarks;
  const rest = await subfolders(client, mailbox, { known: top, start: defaultFolder, deletedItems, early });
  if ('kind' in rest) return rest;
  return { contactFolders: [...new Set([defaultFolder ?? unnamedDefault, ...rest])], deletedItems };
}

type Landmarks = Readonly<{ defaultFolder: string | null; deletedItems: string | null }>;

/** Nobody can delete or replace these two, so a caller that knows the default one from before need not ask for them. */
function landmarksIn(before: FolderTree | null, known: readonly string[]): Landmarks | null {
  const defaultFolder = before?.contactFolders[0] ?? unnamedDefault;
  if (before === null || defaultFolder === unnamedDefault || !known.includes(defaultFolder)) return null;
  return { defaultFolder, deletedItems: before.deletedItems };
}

async function landmarksOf(client: GraphClient, mailbox: string): Promise<Landmarks | Failure> {
  const user = `/users/${segment(mailbox)}`;
  const get = (path: string) => client.request({ mailbox, method: 'GET', path: user + path });
  const [byName, byContact, deleted] = await Promise.all([
    get('/contactFolders/contacts?$select=id'),
    get('/contacts?$top=1&$select=parentFolderId'),
    get('/contactFolders/deleteditems?$select=id'),
  ]);
  if (byContact.answer === 'failed') return byContact.failure;
  if (byContact.status !== 200) return failureFrom(byContact, client.nowMs());
  const first = pageFrom(byContact.body)?.rows[0];
  return { defaultFolder: textFrom(first?.['parentFolderId']) ?? idIn(byName), deletedItems: idIn(deleted) };
}

/** Stands for the default folder of a mailbox without a single contact that does not tell its id either. */
export const unnamedDefault = 'contacts';

/** Level by level, each in one round trip; none for what `early` has asked for already. */
async function subfolders(
  client: GraphClient,
  mailbox: string,
  from: Readonly<{
    known: readonly GraphRow[];
    start: string | null;
    deletedItems: string | null;
    early: ReadonlyMap<string, Promise<readonly GraphRow[] | Failure>>;
  }>,
): Promise<readonly string[] | Failure> {
  const isKept = (row: GraphRow) =>
    row.id !== from.deletedItems &&
    (from.deletedItems === null || row['parentFolderId'] !== from.deletedItems);
  const found = new Set(from.known.filter(isKept).map((row) => row.id));
  let level = from.start === null ? [...found] : [...found, from.start];
  for (let depth = 0; level.length > 0 && depth < deepest; depth += 1) {
    const below = await Promise.all(
      level.map((folder) => from.early.get(folder) ?? childrenOf(client, mailbox, folder)),
    );
    level = [];
    for (const children of below) {
      if ('kind' in children) return children;
      level.push(...children.filter((row) => isKept(row) && !found.has(row.id)).map((row) => row.id));
    }
    for (const id of level) found.add(id);
  }
  return [...found];
}

/** The folders beside the default one (`null`) or below one. A folder that vanished meanwhile has none. */
async function childrenOf(
  client: GraphClient,
  mailbox: string,
  folder: string | null,
): Promise<readonly GraphRow[] | Failure> {
  const below = folder === null ? '' : `/${segment(folder)}/childFolders`;
  const path = `/users/${segment(mailbox)}/contactFolders${below}?$top=100&$select=id,parentFolderId`;
  const children = await turnPages(client, mailbox, { path });
  if (children.answer === 'rows') return children.rows;
  return children.answer === 'missing' && folder !== null ? [] : children.failure;
}

/**
 * A contact whose folder is no contact folder of the mailbox any more went to Deleted Items, on its own or with its folder.
 * Where the service will not name Deleted Items, nothing else is left: an archive has other ids altogether.
 */
async function placeIn(
  client: GraphClient,
  mailbox: string,
  at: Readonly<{ tree: FolderTree; folderId: string }>,
): Promise<Place | Failure> {
  const { tree } = at;
  let folder = at.folderId;
  if (tree.contactFolders.includes(folder)) return 'contacts';
  if (tree.deletedItems === null) return 'deletedItems';
  for (let depth = 0; depth < deepest; depth += 1) {
    if (folder === tree.deletedItems) return 'deletedItems';
    const path = `/users/${segment(mailbox)}/contactFolders/${segment(folder)}?$select=id,parentFolderId`;
    const answer = await client.request({ mailbox, method: 'GET', path });
    if (answer.answer === 'failed') return answer.failure;
    // The contact is in the mailbox, its folder cannot be opened any more: it was thrown away with all that is in it.
    if (isItemMissing(answer)) return 'deletedItems';
    const parent = answer.status === 200 ? textFrom(rowFrom(answer.body)?.['parentFolderId']) : null;
    if (parent === null) return 'elsewhere';
    folder = parent;
  }
  return 'elsewhere';
}

function idIn(answer: GraphAnswer): string | null {
  return answer.answer === 'response' && answer.status === 200 ? (rowFrom(answer.body)?.id ?? null) : null;
}

/** Callers that ask for the same mailbox at the same time share one look. */
function sharing<T>(
  look: (mailbox: string, known: readonly string[]) => Promise<T>,
): (mailbox: string, known?: readonly string[]) => Promise<T> {
  const underWay = new Map<string, Promise<T>>();
  return (mailbox, known = []) => {
    const running = underWay.get(mailbox) ?? look(mailbox, known).finally(() => underWay.delete(mailbox));
    underWay.set(mailbox, running);
    return running;
  };
}
