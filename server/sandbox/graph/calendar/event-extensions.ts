import { idOf } from '../call.ts';
import { nextVersion } from '../mailbox.ts';
import { extensionHandlers } from '../open-extensions.ts';
import { eventOf, eventSet } from './event-call.ts';
import { holderOf } from './event-view.ts';

/** The routes below `…/events/{event}/extensions`. */
export const eventExtensions = extensionHandlers((call) => {
  const { mailbox, instance } = eventOf(call);
  return {
    holder: holderOf(instance),
    set: `${eventSet(call, mailbox)}('${idOf(call, 'event')}')/extensions`,
    noteWrite: () => {
      instance.item.version = nextVersion(mailbox);
    },
  };
});
