import type { WireAnswer } from '../wire.ts';
import { bodyOf, contextOf, created, idOf, mailboxOf, noContent, ok, type Call } from './call.ts';
import { folderId } from './contact-view.ts';
import { answerDelta, removedRow } from './delta.ts';
import { noteChange, noteRemoval } from './feed.ts';
import { encodeId } from './ids.ts';
import { answerListing, checkedSelect, projected, selection } from './listing.ts';
import { createFolder, findFolder } from './mailbox.ts';
import { badRequest, Refusal } from './refusal.ts';
import type { Folder, Mailbox } from './state.ts';

const properties: ReadonlySet<string> = new Set(['id', 'displayName', 'parentFolderId']);

/**
 * GET …/contactFolders: the folders beside the default one, which this list keeps to itself (a known issue of v1.0);
 * GET …/contactFolders/{folder}/childFolders: those below a folder.
 */
export function listFolders(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  const isBelow = 'folder' in call.ids;
  const parent = isBelow ? findFolder(mailbox, idOf(call, 'folder')) : null;
  const rows = [...mailbox.folders.values()].filter(
    (folder) =>
      folder.kind === 'contactFolder' &&
      (parent
        ? folder.parent === parent
        : folder.parent?.kind === 'root' || folder.parent === mailbox.contacts),
  );
  return answerListing(call, {
    context: setOf(call, mailbox),
    rows,
    read: (folder, name) => show(mailbox, folder)[name],
    show: (folder) => show(mailbox, folder),
    properties,
    pageSize: 10,
  });
}

export function getFolder(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  const select = checkedSelect(call.query.select, properties);
  return ok({
    '@odata.context': contextOf(
      call,
      `users('${mailbox.userId}')/contactFolders${selection(select)}/$entity`,
    ),
    ...projected(show(mailbox, findFolder(mailbox, idOf(call, 'folder'))), select),
  });
}

/** POST …/contactFolders or …/childFolders; a name is taken once below one parent. */
export function createContactFolder(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  const parent = 'folder' in call.ids ? findFolder(mailbox, idOf(call, 'folder')) : mailbox.contacts;
  const displayName = readName(bodyOf(call));
  refuseTaken(mailbox, parent, displayName);
  const folder = createFolder(call.graph.world.nextNumber(), displayName, parent, 'contactFolder');
  mailbox.folders.set(folder.number, folder);
  noteChange(mailbox.folderFeed, folder.number);
  return created(entity(call, mailbox, folder));
}

export function updateFolder(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  const folder = ownFolder(mailbox, idOf(call, 'folder'));
  const displayName = readName(bodyOf(call));
  if (folder.parent && displayName !== folder.displayName) refuseTaken(mailbox, folder.parent, displayName);
  folder.displayName = displayName;
  noteChange(mailbox.folderFeed, folder.number);
  return ok(entity(call, mailbox, folder));
}

/** DELETE takes the folder to Deleted Items with all that is in it. */
export function deleteFolder(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  const folder = ownFolder(mailbox, idOf(call, 'folder'));
  folder.parent = mailbox.deletedItems;
  noteRemoval(mailbox.folderFeed, folder.number);
  for (const item of folder.items.values()) {
    const { mutableNumber } = item;
    call.graph.notify({ mailbox, item, folder, mutableNumber, changeType: 'deleted' });
  }
  return noContent;
}

export function deltaFolders(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  return answerDelta(call, {
    mailbox,
    feed: mailbox.folderFeed,
    key: 'contactFolders',
    context: 'Collection(contactFolder)',
    resource: 'ContactFolders',
    takesSelect: true,
    row: (number, _isNew, select) => {
      const folder = mailbox.folders.get(number);
      const names = checkedSelect(select, properties);
      return folder
        ? projected({ '@odata.type': '#microsoft.graph.contactFolder', ...show(mailbox, folder) }, names)
        : null;
    },
    removed: (number) => removedRow('contactFolder', encodeId(mailbox.prefixes.folder, number), 'deleted'),
  });
}

const show = (mailbox: Mailbox, folder: Folder): Record<string, unknown> => ({
  id: folderId(mailbox, folder),
  parentFolderId: folder.parent ? folderId(mailbox, folder.parent) : null,
  displayName: folder.displayName,
});

const entity = (call: Call, mailbox: Mailbox, folder: Folder) => ({
  '@odata.context': contextOf(call, `${setOf(call, mailbox)}/$entity`),
  ...show(mailbox, folder),
});

function setOf(call: Call, mailbox: Mailbox): string {
  const below = 'folder' in call.ids ? `('${idOf(call, 'folder')}')/childFolders` : '';
  return `users('${mailbox.userId}')/contactFolders${below}`;
}

function readName(body: Readonly<Record<string, unknown>>): string {
  const name = body['displayName'];
  if (typeof name !== 'string' || name === '') throw badRequest('A folder needs a displayName.');
  return name;
}

function refuseTaken(mailbox: Mailbox, parent: Folder, displayName: string): void {
  const isTaken = [...mailbox.folders.values()].some(
    (folder) => folder.parent === parent && folder.displayName.toLowerCase() === displayName.toLowerCase(),
  );
  if (isTaken) {
    throw new Refusal(409, 'ErrorFolderExists', 'A folder with the specified name already exists.');
  }
}

function ownFolder(mailbox: Mailbox, id: string): Folder {
  const folder = findFolder(mailbox, id);
  if (folder.kind === 'contactFolder') return folder;
  throw new Refusal(403, 'ErrorDeleteDistinguishedFolder', 'A distinguished folder cannot be changed.');
}
