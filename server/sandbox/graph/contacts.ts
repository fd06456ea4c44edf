import type { WireAnswer } from '../wire.ts';
import { bodyOf, contextOf, created, idOf, mailboxOf, noContent, ok, type Call } from './call.ts';
import { refuseFull, refuseOtherVersion } from './conditions.ts';
import { readContactPatch, withPatch, type ContactPatch } from './contact-body.ts';
import { selectableProperties } from './contact-properties.ts';
import { etagOf, readProperty, showContact, type ViewOptions } from './contact-view.ts';
import { writeExtendedProperties } from './extended-properties.ts';
import { answerCount, answerListing, checkedSelect, projected, selection } from './listing.ts';
import {
  addContact,
  dropContact,
  findContact,
  findFolder,
  isDeleted,
  moveContact,
  touchContact,
} from './mailbox.ts';
import { storeExtensions } from './open-extensions.ts';
import { itemNotFound, Refusal } from './refusal.ts';
import type { ContactItem, Folder, Mailbox } from './state.ts';
import { isOn } from './switches.ts';
import { touchAgain } from './server-touch.ts';

/** GET …/contacts: one page of a folder, the default one where the route names none. */
export const listContacts = (call: Call): WireAnswer => answerListing(call, collectionOf(call));

export const countContacts = (call: Call): WireAnswer => answerCount(call, collectionOf(call));

export function getContact(call: Call): WireAnswer {
  const { mailbox, item } = contactOf(call);
  const select = checkedSelect(call.query.select, selectableProperties);
  return ok(
    {
      '@odata.context': contextOf(call, `${setOf(call, mailbox)}${selection(select)}/$entity`),
      ...projected(showContact(mailbox, item, viewOptions(call)), select),
    },
    { ETag: etagOf(mailbox, item) },
  );
}

/** POST …/contacts: 201 with the contact; extended properties are stored and not echoed. */
export function createContact(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  refuseFull(call, mailbox);
  const body = bodyOf(call);
  const patch = readContactPatch(call.graph.world, body, {});
  const item = addContact(call.graph, { mailbox, folder: folderOf(call, mailbox) }, withPatch({}, patch));
  writeExtendedProperties(item, body['singleValueExtendedProperties']);
  writeExtendedProperties(item, body['multiValueExtendedProperties']);
  storeExtensions(item, body['extensions']);
  touchAgain(call.graph, mailbox, item);
  return created(entity(call, mailbox, item));
}

/** PATCH …/contacts/{contact}: what is not named stays, collections and addresses are replaced whole. */
export function updateContact(call: Call): WireAnswer {
  const { mailbox, item } = contactOf(call);
  refuseFull(call, mailbox);
  refuseOtherVersion(call, item, etagOf(mailbox, item));
  const body = bodyOf(call);
  const patch = readContactPatch(call.graph.world, body, item.values);
  const target = targetFolder(mailbox, item, body['parentFolderId']);
  item.values = withPatch(item.values, patch);
  writeExtendedProperties(item, body['singleValueExtendedProperties']);
  writeExtendedProperties(item, body['multiValueExtendedProperties']);
  rememberTouched(call, item, patch);
  if (target) moveContact(call.graph, mailbox, { item, to: target });
  else touchContact(call.graph, mailbox, item);
  touchAgain(call.graph, mailbox, item);
  return ok(entity(call, mailbox, item), { ETag: etagOf(mailbox, item) });
}

/** DELETE moves to Deleted Items, where only the immutable id leads. */
export function deleteContact(call: Call): WireAnswer {
  const { mailbox, item } = contactOf(call);
  refuseOtherVersion(call, item, etagOf(mailbox, item));
  if (isDeleted(item)) throw deletedAlready(call);
  moveContact(call.graph, mailbox, { item, to: mailbox.deletedItems });
  return noContent;
}

export function permanentlyDeleteContact(call: Call): WireAnswer {
  const { mailbox, item } = contactOf(call);
  refuseOtherVersion(call, item, etagOf(mailbox, item));
  dropContact(call.graph, mailbox, item);
  return noContent;
}

/** The contact a route names; where the route names a folder as well, it must lie there. */
function contactOf(call: Call): Readonly<{ mailbox: Mailbox; item: ContactItem }> {
  const mailbox = mailboxOf(call);
  const item = findContact(call.graph, mailbox, idOf(call, 'contact'));
  if ('folder' in call.ids && findFolder(mailbox, idOf(call, 'folder')) !== item.folder) throw itemNotFound();
  return { mailbox, item };
}

/** The folder a route names, or the default one. */
export const folderOf = (call: Call, mailbox: Mailbox): Folder =>
  'folder' in call.ids ? findFolder(mailbox, idOf(call, 'folder')) : mailbox.contacts;

export const viewOptions = (call: Call): ViewOptions => ({
  immutableIds: call.prefer.immutableIds,
  expand: call.query.expand,
  prefixedExtensionIds: isOn(call.graph.world, 'prefixedExtensionIds'),
});

/** `users('…')/contacts`, with the folder where the route names one. */
function setOf(call: Call, mailbox: Mailbox): string {
  const folder = 'folder' in call.ids ? `/contactFolders('${idOf(call, 'folder')}')` : '';
  return `users('${mailbox.userId}')${folder}/contacts`;
}

function collectionOf(call: Call) {
  const mailbox = mailboxOf(call);
  const options = viewOptions(call);
  return {
    context: setOf(call, mailbox),
    rows: folderOf(call, mailbox).items.values(),
    read: (item: ContactItem, name: string) => readProperty(mailbox, item, name),
    show: (item: ContactItem) => showContact(mailbox, item, options),
    properties: selectableProperties,
    pageSize: 10,
  };
}

const entity = (call: Call, mailbox: Mailbox, item: ContactItem) => ({
  '@odata.context': contextOf(call, `${setOf(call, mailbox)}/$entity`),
  ...showContact(mailbox, item, { ...viewOptions(call), expand: [] }),
});

/** A second delete of a message was answered 403 under its immutable id (msgraph-sdk-dotnet#3047). */
function deletedAlready(call: Call): Refusal {
  if (!isOn(call.graph.world, 'deleteTwiceForbidden')) return itemNotFound();
  return new Refusal(403, 'ErrorCannotDeleteObject', 'Object cannot be deleted.');
}

function targetFolder(mailbox: Mailbox, item: ContactItem, id: unknown): Folder | null {
  if (typeof id !== 'string') return null;
  const folder = findFolder(mailbox, id);
  return folder === item.folder ? null : folder;
}

function rememberTouched(call: Call, item: ContactItem, patch: ContactPatch): void {
  const mailbox = mailboxOf(call);
  if (isOn(call.graph.world, 'deltaPartialRows')) mailbox.touched.set(item.number, Object.keys(patch));
  else mailbox.touched.delete(item.number);
}
