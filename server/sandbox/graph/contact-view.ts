import { slotAt } from './contact-body.ts';
import {
  contactProperties,
  isContactProperty,
  slotNames,
  type ContactProperty,
} from './contact-properties.ts';
import { instant } from './call.ts';
import { extendedRows } from './extended-properties.ts';
import { matches } from './filter-match.ts';
import { encodeChangeKey, encodeId } from './ids.ts';
import type { Expansion } from './query.ts';
import { badRequest } from './refusal.ts';
import { expandedExtensions } from './open-extensions.ts';
import type { ContactItem, Folder, Mailbox } from './state.ts';
import { unreachable } from '../unreachable.ts';

/** How ids are shown, and what is shown besides the contact's own properties. */
export type ViewOptions = Readonly<{
  immutableIds: boolean;
  expand: readonly Expansion[];
  prefixedExtensionIds: boolean;
}>;

export const contactId = (mailbox: Mailbox, item: ContactItem, immutable: boolean): string =>
  immutable
    ? encodeId(mailbox.prefixes.immutable, item.number)
    : encodeId(mailbox.prefixes.mutable, item.mutableNumber);

/** Folders have one id whatever is preferred. */
export const folderId = (mailbox: Mailbox, folder: Folder): string =>
  encodeId(mailbox.prefixes.folder, folder.number);

const changeKeyOf = (mailbox: Mailbox, item: ContactItem): string =>
  encodeChangeKey(mailbox.prefixes.changeKey, item.version);

export const etagOf = (mailbox: Mailbox, item: ContactItem): string => `W/"${changeKeyOf(mailbox, item)}"`;

/** A contact with every property, as Graph sends it without `$select`. */
export function showContact(
  mailbox: Mailbox,
  item: ContactItem,
  options: ViewOptions,
): Record<string, unknown> {
  const changeKey = changeKeyOf(mailbox, item);
  const shown: Record<string, unknown> = {
    '@odata.etag': `W/"${changeKey}"`,
    id: contactId(mailbox, item, options.immutableIds),
    createdDateTime: instant(item.createdAt),
    lastModifiedDateTime: instant(item.modifiedAt),
    changeKey,
    categories: item.values['categories'] ?? [],
    parentFolderId: folderId(mailbox, item.folder),
  };
  for (const name of Object.keys(contactProperties)) {
    if (isContactProperty(name)) shown[name] = showProperty(item, name);
  }
  for (const expansion of options.expand) Object.assign(shown, expanded(item, expansion, options));
  return shown;
}

/** One property as `$filter` and `$orderby` see it; `undefined` where a contact has none of that name. */
export function readProperty(mailbox: Mailbox, item: ContactItem, name: string): unknown {
  return isContactProperty(name) ? showProperty(item, name) : readers[name]?.(mailbox, item);
}

const readers: Readonly<Record<string, (mailbox: Mailbox, item: ContactItem) => unknown>> = {
  categories: (_, item) => item.values['categories'] ?? [],
  id: (mailbox, item) => contactId(mailbox, item, false),
  changeKey: changeKeyOf,
  createdDateTime: (_, item) => instant(item.createdAt),
  lastModifiedDateTime: (_, item) => instant(item.modifiedAt),
  parentFolderId: (mailbox, item) => folderId(mailbox, item.folder),
  singleValueExtendedProperties: (_, item) => extendedRows(item, 'single'),
  multiValueExtendedProperties: (_, item) => extendedRows(item, 'multi'),
  extensions: (_, item) => expandedExtensions(item, null, false),
};

/** Texts the service sends as empty rather than null. */
const emptyTexts: ReadonlySet<string> = new Set(['fileAs', 'personalNotes']);

function showProperty(item: ContactItem, name: ContactProperty): unknown {
  const value = item.values[name];
  const kind = contactProperties[name];
  switch (kind) {
    case 'text':
      return value ?? (emptyTexts.has(name) ? '' : null);
    case 'instant':
      return value ?? null;
    case 'texts':
      return value ?? [];
    case 'emails':
      return [0, 1, 2].map((index) => slotAt(value, index)).filter((slot) => slot !== null);
    case 'slot':
      return slotAt(item.values['emailAddresses'], slotNames.indexOf(name));
    case 'address':
      return value ?? {};
  }
  return unreachable(kind);
}

function expanded(item: ContactItem, expansion: Expansion, options: ViewOptions): Record<string, unknown> {
  const { property, filter } = expansion;
  if (property === 'extensions') {
    return { extensions: expandedExtensions(item, filter, options.prefixedExtensionIds) };
  }
  if (property !== 'singleValueExtendedProperties' && property !== 'multiValueExtendedProperties') {
    throw badRequest(
      `Could not find a property named '${property}' on type 'microsoft.graph.contact'.`,
      'BadRequest',
    );
  }
  // They cannot be listed: without a filter by id the service does not know which to look for.
  if (!filter)
    throw badRequest(`$expand of ${property} requires a $filter by id.`, 'ErrorInvalidUrlQueryFilter');
  const rows = extendedRows(item, property === 'singleValueExtendedProperties' ? 'single' : 'multi').filter(
    (row) => matches(filter, (name) => (name === 'id' ? row.id : name === 'value' ? row.value : undefined)),
  );
  // Where nothing is set the property is simply absent.
  return rows.length === 0 ? {} : { [property]: rows };
}
