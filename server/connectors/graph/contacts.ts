import { browse } from './browse.ts';
import { changes } from './changes.ts';
import { create } from './create.ts';
import { find } from './find.ts';
import { read, type Outlook } from './read.ts';
import { remove, update } from './update.ts';
import type { DomainVerbs } from './verbs.ts';

/** Outlook's contacts; their feeds are the contact folders of a mailbox, the default one first. */
export function createContacts(outlook: Outlook): DomainVerbs {
  return {
    changes: (requests) => changes(outlook, requests),
    read: (requests) => read(outlook, requests),
    find: (requests) => find(outlook, requests),
    create: (requests) => create(outlook, requests),
    update: (requests) => update(outlook, requests),
    remove: (requests) => remove(outlook, requests),
    feeds: async (holder, _domain, known) => {
      const tree = await outlook.folders.look(holder.userId, known);
      return 'kind' in tree ? tree : tree.contactFolders;
    },
    browse: (request) => browse(outlook, request),
  };
}
