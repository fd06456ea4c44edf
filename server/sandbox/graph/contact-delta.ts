import type { WireAnswer } from '../wire.ts';
import { mailboxOf, type Call } from './call.ts';
import { selectableProperties } from './contact-properties.ts';
import { showContact } from './contact-view.ts';
import { folderOf, viewOptions } from './contacts.ts';
import { answerDelta, hasTokenOfOldMailbox, removedRow } from './delta.ts';
import { encodeId } from './ids.ts';
import { checkedSelect, projected } from './listing.ts';
import { syncStateGone } from './refusal.ts';
import type { Folder, Mailbox } from './state.ts';
import { isOn, textOf } from './switches.ts';

/** GET …/contacts/delta of one folder, the default one where the route names none. */
export function deltaContacts(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  if (hasTokenOfOldMailbox(call, mailbox)) throw syncStateGone();
  const folder = folderOf(call, mailbox);
  const { world } = call.graph;
  // A link carries its own selection and never expands.
  const options = { ...viewOptions(call), expand: [] };
  return answerDelta(call, {
    mailbox,
    feed: folder.feed,
    key: `contacts/${folder.number}`,
    context: `Collection(contact)`,
    resource: 'Contacts',
    takesSelect: true,
    row: (number, isNew, select) => {
      const item = folder.items.get(number);
      if (!item) return null;
      const shown = { '@odata.type': '#microsoft.graph.contact', ...showContact(mailbox, item, options) };
      const names =
        checkedSelect(select, selectableProperties) ?? (isNew ? null : partialNames(call, number));
      return projected(shown, names);
    },
    removed: (number) =>
      removedRow(
        'contact',
        removedId(call, folder, number),
        removedReason(mailbox, number, textOf(world, 'movedReason')),
      ),
  });
}

/** What a row carries where the service sends only what changed (microsoft-graph-docs#7776). */
function partialNames(call: Call, number: number): readonly string[] | null {
  if (!isOn(call.graph.world, 'deltaPartialRows')) return null;
  const touched = mailboxOf(call).touched.get(number);
  return touched ? ['parentFolderId', 'changeKey', 'lastModifiedDateTime', ...touched] : null;
}

/** The id under which a client knew the contact: the immutable one, or the mutable one from before the move. */
function removedId(call: Call, folder: Folder, number: number): string {
  const { prefixes } = mailboxOf(call);
  return call.prefer.immutableIds
    ? encodeId(prefixes.immutable, number)
    : encodeId(prefixes.mutable, folder.left.get(number) ?? number);
}

function removedReason(mailbox: Mailbox, number: number, moved: string): string {
  const item = mailbox.items.get(number);
  return item && item.folder.kind !== 'deletedItems' ? moved : 'deleted';
}
