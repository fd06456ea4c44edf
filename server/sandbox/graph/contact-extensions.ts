import type { WireAnswer } from '../wire.ts';
import { bodyOf, contextOf, created, idOf, isObject, mailboxOf, noContent, ok, type Call } from './call.ts';
import { showExtension } from './contact-view.ts';
import { findContact, nextVersion } from './mailbox.ts';
import { badRequest, itemNotFound, Refusal } from './refusal.ts';
import type { ContactItem, OpenExtension } from './state.ts';
import { isOn } from './switches.ts';

/**
 * Open extensions of a contact. A change to one gives the contact another change key, but no row in delta and no
 * notification ("Extensions: change tracking" among the known issues).
 */
export function createExtension(call: Call): WireAnswer {
  const item = ownerOf(call);
  const extension = readExtension(bodyOf(call));
  if (item.extensions?.has(extension.extensionName)) {
    throw new Refusal(409, 'ErrorItemExists', 'An extension already exists with the given id.');
  }
  keep(call, item, extension);
  return created(entity(call, extension));
}

export function listExtensions(call: Call): WireAnswer {
  const rows = [...(ownerOf(call).extensions?.values() ?? [])];
  const isPrefixed = isOn(call.graph.world, 'prefixedExtensionIds');
  return ok({
    '@odata.context': contextOf(call, setOf(call)),
    value: rows.map((one) => showExtension(one, isPrefixed)),
  });
}

export const getExtension = (call: Call): WireAnswer => ok(entity(call, extensionOf(call)));

/** PATCH merges: what is not named stays, null takes a property away. */
export function updateExtension(call: Call): WireAnswer {
  const extension = extensionOf(call);
  const content = Object.entries({ ...extension.content, ...contentOf(bodyOf(call)) });
  const merged = { ...extension, content: Object.fromEntries(content.filter(([, value]) => value !== null)) };
  keep(call, ownerOf(call), merged);
  return ok(entity(call, merged));
}

export function deleteExtension(call: Call): WireAnswer {
  const item = ownerOf(call);
  item.extensions?.delete(extensionOf(call).extensionName);
  item.version = nextVersion(mailboxOf(call));
  return noContent;
}

/** Extensions in the body of a POST of the contact itself. */
export function storeExtensions(item: ContactItem, rows: unknown): void {
  if (!Array.isArray(rows)) return;
  for (const row of rows) {
    if (!isObject(row)) throw badRequest('An extension is an object.', 'RequestBodyRead');
    const extension = readExtension(row);
    item.extensions = (item.extensions ?? new Map<string, OpenExtension>()).set(
      extension.extensionName,
      extension,
    );
  }
}

const ownerOf = (call: Call) => findContact(call.graph, mailboxOf(call), idOf(call, 'contact'));

function extensionOf(call: Call): OpenExtension {
  const name = idOf(call, 'extension').replace(/^microsoft\.outlookservices\.opentypeextension\./i, '');
  const found = ownerOf(call).extensions?.get(name);
  if (!found) throw itemNotFound();
  return found;
}

function keep(call: Call, item: ContactItem, extension: OpenExtension): void {
  item.extensions = (item.extensions ?? new Map<string, OpenExtension>()).set(
    extension.extensionName,
    extension,
  );
  item.version = nextVersion(mailboxOf(call));
}

function readExtension(body: Readonly<Record<string, unknown>>): OpenExtension {
  const extensionName = body['extensionName'];
  if (typeof extensionName !== 'string' || extensionName === '') {
    throw badRequest('An open extension needs an extensionName.', 'BadRequest');
  }
  return { extensionName, content: contentOf(body) };
}

const contentOf = (body: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(body).filter(([name]) => !name.includes('@') && name !== 'extensionName' && name !== 'id'),
  );

const setOf = (call: Call) =>
  `users('${mailboxOf(call).userId}')/contacts('${idOf(call, 'contact')}')/extensions`;

const entity = (call: Call, extension: OpenExtension) => ({
  '@odata.context': contextOf(call, `${setOf(call)}/$entity`),
  ...showExtension(extension, isOn(call.graph.world, 'prefixedExtensionIds')),
});
