import { createCalendars } from './calendar/calendar-store.ts';
import { createFeed, noteChange, noteRemoval } from './feed.ts';
import { decodeId, idPrefixes, isMalformedId } from './ids.ts';
import { badRequest, itemNotFound } from './refusal.ts';
import type { NewUser } from './side.ts';
import type { ContactItem, ContactValue, Folder, Graph, Mailbox } from './state.ts';
import { isOn } from './switches.ts';
import { createTodo } from './todo/state.ts';

/** A mailbox as it stands when the licence is assigned: its well-known folders and nothing in them. */
export function createMailbox(graph: Graph, user: NewUser): Mailbox {
  const { world } = graph;
  const userId = world.uuid();
  const epoch = world.nextNumber();
  const root = createFolder(world.nextNumber(), 'Top of Information Store', null, 'root');
  const contacts = createFolder(world.nextNumber(), 'Contacts', root, 'contacts');
  const deletedItems = createFolder(world.nextNumber(), 'Deleted Items', root, 'deletedItems');
  return {
    userId,
    address: user.mailbox.toLowerCase(),
    aliases: [],
    displayName: user.displayName,
    givenName: user.givenName,
    surname: user.surname,
    createdAt: world.now().getTime(),
    epoch,
    prefixes: idPrefixes(userId, `${userId}/${epoch}`),
    lastVersion: 0,
    tokensIssued: 0,
    contacts,
    deletedItems,
    folders: new Map([root, contacts, deletedItems].map((folder) => [folder.number, folder])),
    folderFeed: createFeed(),
    items: new Map(),
    archived: new Map(),
    calendars: createCalendars(world),
    categories: new Map(),
    settings: {
      timeZone: user.timeZone,
      dateFormat: 'yyyy-MM-dd',
      timeFormat: 'HH:mm',
      language: { locale: 'en-US', displayName: 'English (United States)' },
    },
    touched: new Map(),
    todo: createTodo(world),
  };
}

export function createFolder(
  number: number,
  displayName: string,
  parent: Folder | null,
  kind: Folder['kind'],
): Folder {
  return { number, displayName, parent, kind, items: new Map(), feed: createFeed(), left: new Map() };
}

/** Makes a contact with these values; the caller adds extended properties before anybody looks. */
export function addContact(
  graph: Graph,
  place: Readonly<{ mailbox: Mailbox; folder: Folder }>,
  values: Record<string, ContactValue>,
): ContactItem {
  const { mailbox, folder } = place;
  const number = graph.world.nextNumber();
  const now = graph.world.now().getTime();
  const item: ContactItem = {
    number,
    mutableNumber: number,
    folder,
    origin: null,
    version: nextVersion(mailbox),
    createdAt: now,
    modifiedAt: now,
    values,
    extended: null,
    extensions: null,
  };
  mailbox.items.set(number, item);
  folder.items.set(number, item);
  noteChange(folder.feed, number);
  graph.notify({ mailbox, item, folder, mutableNumber: number, changeType: 'created' });
  return item;
}

/** After any write: another change key, a place in the change feed, a notification. */
export function touchContact(graph: Graph, mailbox: Mailbox, item: ContactItem): void {
  item.version = nextVersion(mailbox);
  item.modifiedAt = graph.world.now().getTime();
  noteChange(item.folder.feed, item.number);
  const { folder, mutableNumber } = item;
  graph.notify({ mailbox, item, folder, mutableNumber, changeType: 'updated' });
}

/** For the next change key; it only grows. */
export const nextVersion = (mailbox: Mailbox): number => (mailbox.lastVersion += 1);

/** Moves a contact; its mutable id becomes another one, its immutable id stays. */
export function moveContact(graph: Graph, mailbox: Mailbox, move: Move): void {
  const { item, to } = move;
  const from = item.folder;
  const formerNumber = item.mutableNumber;
  leaveFolder(item);
  item.mutableNumber = graph.world.nextNumber();
  mailbox.items.set(item.mutableNumber, item);
  item.origin = to.kind === 'deletedItems' ? from : null;
  item.folder = to;
  item.version = nextVersion(mailbox);
  item.modifiedAt = graph.world.now().getTime();
  to.items.set(item.number, item);
  noteChange(to.feed, item.number);
  const { mutableNumber } = item;
  if (to.kind === 'deletedItems') {
    graph.notify({ mailbox, item, folder: from, mutableNumber: formerNumber, changeType: 'deleted' });
  } else {
    const changeType = from.kind === 'deletedItems' ? 'created' : 'updated';
    graph.notify({ mailbox, item, folder: to, mutableNumber, changeType });
  }
}

export type Move = Readonly<{ item: ContactItem; to: Folder }>;

/** Takes a contact out of the mailbox for good, or into the archive. */
export function dropContact(graph: Graph, mailbox: Mailbox, item: ContactItem): void {
  leaveFolder(item);
  mailbox.items.delete(item.number);
  mailbox.items.delete(item.mutableNumber);
  const { folder, mutableNumber } = item;
  if (folder.kind !== 'deletedItems') {
    graph.notify({ mailbox, item, folder, mutableNumber, changeType: 'deleted' });
  }
}

/** Puts back what was dropped, under new ids. */
export function reviveContact(graph: Graph, mailbox: Mailbox, item: ContactItem): void {
  item.number = graph.world.nextNumber();
  item.mutableNumber = item.number;
  item.version = nextVersion(mailbox);
  mailbox.items.set(item.number, item);
  item.folder.items.set(item.number, item);
  noteChange(item.folder.feed, item.number);
  const { folder, mutableNumber } = item;
  graph.notify({ mailbox, item, folder, mutableNumber, changeType: 'created' });
}

function leaveFolder(item: ContactItem): void {
  item.folder.items.delete(item.number);
  noteRemoval(item.folder.feed, item.number);
  if (item.mutableNumber !== item.number) item.folder.left.set(item.number, item.mutableNumber);
}

/** The contact that has this id now, of either kind; in any folder, Deleted Items only by the immutable one. */
export function findContact(graph: Graph, mailbox: Mailbox, id: string): ContactItem {
  const item = contactById(mailbox, id);
  if (item && !(isDeleted(item) && isOn(graph.world, 'deletedItemsHidden'))) return item;
  if (isMalformedId(id)) throw badRequest('Id is malformed.', 'ErrorInvalidIdMalformed');
  throw itemNotFound();
}

/** As `findContact`, but null instead of a refusal. */
function contactById(mailbox: Mailbox, id: string): ContactItem | null {
  const immutable = decodeId(mailbox.prefixes.immutable, id);
  if (immutable !== null) {
    const item = mailbox.items.get(immutable);
    return item?.number === immutable ? item : null;
  }
  const mutable = decodeId(mailbox.prefixes.mutable, id);
  if (mutable === null) return null;
  const item = mailbox.items.get(mutable);
  return item?.mutableNumber === mutable ? item : null;
}

/** Deleted, or in a folder that was. */
export const isDeleted = (item: ContactItem): boolean =>
  item.folder.kind === 'deletedItems' || isInDeletedItems(item.folder);

function isInDeletedItems(folder: Folder): boolean {
  for (let above = folder.parent; above; above = above.parent) {
    if (above.kind === 'deletedItems') return true;
  }
  return false;
}

/** Names that stand for a folder's id. */
const wellKnown: Readonly<Record<string, 'contacts' | 'deletedItems'>> = {
  contacts: 'contacts',
  deleteditems: 'deletedItems',
};

/** The folder of an id or a well-known name. */
export function findFolder(mailbox: Mailbox, id: string): Folder {
  const name = wellKnown[id.toLowerCase()];
  if (name) return mailbox[name];
  const number = decodeId(mailbox.prefixes.folder, id);
  const folder = number === null ? undefined : mailbox.folders.get(number);
  if (folder && folder.kind !== 'root' && !isInDeletedItems(folder)) return folder;
  if (isMalformedId(id)) throw badRequest('Id is malformed.', 'ErrorInvalidIdMalformed');
  throw itemNotFound();
}
