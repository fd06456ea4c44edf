import { mailFromOutside } from './calendar/outside.ts';
import { archiveEvent, restoreEvent } from './calendar/put-away.ts';
import { contactId } from './contact-view.ts';
import { findUser, setAliases } from './directory.ts';
import { decodeId, idPrefixes } from './ids.ts';
import { dropContact, moveContact, reviveContact } from './mailbox.ts';
import type { GraphControl } from './side.ts';
import type { ContactItem, Graph, Mailbox } from './state.ts';
import { addClientTask } from './todo/client-task.ts';

/** What people and administrators do to a mailbox without Graph. */
export function mailboxControl(
  graph: Graph,
  watchers: Readonly<{ replay: () => number; missed: (mailbox: Mailbox) => void }>,
): GraphControl {
  return {
    archive: (address, id) => {
      const mailbox = findUser(graph, address);
      const item = mailbox ? anyContact(mailbox, id) : null;
      if (mailbox && !item) return archiveEvent(graph, mailbox, id);
      if (!mailbox || !item || !mailbox.items.has(item.number)) return false;
      dropContact(graph, mailbox, item);
      mailbox.archived.set(item.number, item);
      if (item.mutableNumber !== item.number) mailbox.archived.set(item.mutableNumber, item);
      return true;
    },
    restore: (address, id) => {
      const mailbox = findUser(graph, address);
      const item = mailbox ? anyContact(mailbox, id) : null;
      if (!mailbox) return null;
      return item ? restore(graph, mailbox, item) : restoreEvent(graph, mailbox, numbersIn(mailbox, id));
    },
    newIds: (address) => {
      const mailbox = findUser(graph, address);
      if (!mailbox) return false;
      mailbox.epoch = graph.world.nextNumber();
      mailbox.prefixes = idPrefixes(mailbox.userId, `${mailbox.userId}/${mailbox.epoch}`);
      watchers.missed(mailbox);
      return true;
    },
    aliases: (address, addresses) => {
      const mailbox = findUser(graph, address);
      if (mailbox) setAliases(graph, mailbox, addresses);
      return mailbox !== null;
    },
    addTask: (address, task) => {
      const mailbox = findUser(graph, address);
      return mailbox && addClientTask(graph, mailbox, task);
    },
    ...mailFromOutside(graph),
    replayNotifications: watchers.replay,
  };
}

/** A contact by any id it has or had since the last mailbox move, wherever it is. */
function anyContact(mailbox: Mailbox, id: string): ContactItem | null {
  const [number] = numbersIn(mailbox, id);
  if (number === undefined) return null;
  return mailbox.items.get(number) ?? mailbox.archived.get(number) ?? null;
}

/** The number in an id of either kind; none in what is no id of this mailbox. */
const numbersIn = ({ prefixes }: Mailbox, id: string): readonly number[] =>
  [decodeId(prefixes.immutable, id), decodeId(prefixes.mutable, id)].filter((number) => number !== null);

/** Back where it was; from the archive it comes with another immutable id, as everything that changes mailboxes. */
function restore(graph: Graph, mailbox: Mailbox, item: ContactItem): string | null {
  const isArchived = mailbox.archived.has(item.number);
  if (!isArchived && item.folder.kind !== 'deletedItems') return null;
  if (isArchived) {
    mailbox.archived.delete(item.number);
    mailbox.archived.delete(item.mutableNumber);
    reviveContact(graph, mailbox, item);
  } else {
    moveContact(graph, mailbox, { item, to: item.origin ?? mailbox.contacts });
  }
  return contactId(mailbox, item, false);
}
