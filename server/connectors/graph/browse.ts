import type { Contact } from '../../../shared/contact.ts';
import type { Failure } from '../connector.ts';
import { browsePages, isFoundIn, type Browsed, type BrowseRequest } from './browse-pages.ts';
import { asContact, displayNameOf, sightingFromGraph } from './contact.ts';
import { wholeContact, type Outlook } from './read.ts';

/**
 * A page of the default folder by name. No filter is known that looks inside names and addresses of contacts and
 * goes with an order; so a search turns the folder's pages over and picks.
 */
export function browse(outlook: Outlook, request: BrowseRequest): Promise<Browsed | Failure> {
  const { marks } = request.holder;
  return browsePages(outlook, request, {
    path: 'contacts',
    options: { $orderby: 'displayName', ...wholeContact(outlook) },
    searchPageSize: 500,
    sightingFrom: (row) => sightingFromGraph(row, marks.contact, outlook.customFields()),
    isWanted: ({ item }) => isFoundIn(textsOf(asContact(item)), request.search),
  });
}

function textsOf(item: Contact): readonly (string | null)[] {
  return [displayNameOf(item), item.company, item.email1, item.email2, item.email3];
}
