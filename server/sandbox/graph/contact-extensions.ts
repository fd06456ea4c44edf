import { idOf, mailboxOf } from './call.ts';
import { findContact, nextVersion } from './mailbox.ts';
import { extensionHandlers } from './open-extensions.ts';

/** The routes below `…/contacts/{contact}/extensions`. */
export const contactExtensions = extensionHandlers((call) => {
  const mailbox = mailboxOf(call);
  const item = findContact(call.graph, mailbox, idOf(call, 'contact'));
  return {
    holder: item,
    set: `users('${mailbox.userId}')/contacts('${idOf(call, 'contact')}')/extensions`,
    noteWrite: () => {
      item.version = nextVersion(mailbox);
    },
  };
});
