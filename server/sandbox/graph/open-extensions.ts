import type { WireAnswer } from '../wire.ts';
import {
  bodyOf,
  contextOf,
  created,
  idOf,
  isObject,
  noContent,
  ok,
  type Call,
  type Handler,
} from './call.ts';
import { matches } from './filter-match.ts';
import type { ExtensionHolder, OpenExtension } from './open-extension.ts';
import type { Expansion } from './query.ts';
import { badRequest, itemNotFound, Refusal } from './refusal.ts';
import { isOn } from './switches.ts';

/** The item a route names, as its extensions see it. */
export type ExtensionOwner = Readonly<{
  holder: ExtensionHolder;
  /** For `@odata.context`, e.g. `users('…')/contacts('…')/extensions`. */
  set: string;
  /** Gives the item another change key. */
  noteWrite: () => void;
}>;

export type ExtensionHandlers = Readonly<Record<'list' | 'create' | 'get' | 'update' | 'remove', Handler>>;

/**
 * Open extensions of an item. A change to one gives the item another change key, but no row in delta and no notification
 * ("Extensions: change tracking" among the known issues).
 */
export const extensionHandlers = (ownerOf: (call: Call) => ExtensionOwner): ExtensionHandlers => ({
  list: (call) => {
    const { holder, set } = ownerOf(call);
    const isPrefixed = isOn(call.graph.world, 'prefixedExtensionIds');
    return ok({
      '@odata.context': contextOf(call, set),
      value: [...(holder.extensions?.values() ?? [])].map((one) => showExtension(one, isPrefixed)),
    });
  },
  create: (call) => create(call, ownerOf(call)),
  get: (call) => {
    const owner = ownerOf(call);
    return ok(entity(call, owner, extensionOf(call, owner)));
  },
  update: (call) => update(call, ownerOf(call)),
  remove: (call) => {
    const owner = ownerOf(call);
    owner.holder.extensions?.delete(extensionOf(call, owner).extensionName);
    owner.noteWrite();
    return noContent;
  },
});

function create(call: Call, owner: ExtensionOwner): WireAnswer {
  const extension = readExtension(bodyOf(call));
  if (owner.holder.extensions?.has(extension.extensionName)) {
    throw new Refusal(409, 'ErrorItemExists', 'An extension already exists with the given id.');
  }
  keep(owner.holder, extension);
  owner.noteWrite();
  return created(entity(call, owner, extension));
}

/** PATCH merges: what is not named stays, null takes a property away. */
function update(call: Call, owner: ExtensionOwner): WireAnswer {
  const extension = extensionOf(call, owner);
  const content = Object.entries({ ...extension.content, ...contentOf(bodyOf(call)) });
  const merged = { ...extension, content: Object.fromEntries(content.filter(([, value]) => value !== null)) };
  keep(owner.holder, merged);
  owner.noteWrite();
  return ok(entity(call, owner, merged));
}

/** Extensions in the body of a POST of the item itself. */
export function storeExtensions(holder: ExtensionHolder, rows: unknown): void {
  if (!Array.isArray(rows)) return;
  for (const row of rows) {
    if (!isObject(row)) throw badRequest('An extension is an object.', 'RequestBodyRead');
    keep(holder, readExtension(row));
  }
}

/** What `$expand=extensions` shows of an item, with a filter by id or without. */
export function expandedExtensions(
  { extensions }: ExtensionHolder,
  filter: Expansion['filter'],
  isPrefixed: boolean,
): readonly Record<string, unknown>[] {
  return [...(extensions?.values() ?? [])]
    .filter((one) => !filter || matches(filter, (name) => (name === 'id' ? one.extensionName : null)))
    .map((one) => showExtension(one, isPrefixed));
}

function showExtension(extension: OpenExtension, isPrefixed: boolean): Record<string, unknown> {
  const prefix = isPrefixed ? 'Microsoft.OutlookServices.OpenTypeExtension.' : '';
  return {
    '@odata.type': '#microsoft.graph.openTypeExtension',
    id: prefix + extension.extensionName,
    extensionName: extension.extensionName,
    ...extension.content,
  };
}

function extensionOf(call: Call, { holder }: ExtensionOwner): OpenExtension {
  const name = idOf(call, 'extension').replace(/^microsoft\.outlookservices\.opentypeextension\./i, '');
  const found = holder.extensions?.get(name);
  if (!found) throw itemNotFound();
  return found;
}

function keep(holder: ExtensionHolder, extension: OpenExtension): void {
  const extensions = holder.extensions ?? new Map<string, OpenExtension>();
  holder.extensions = extensions.set(extension.extensionName, extension);
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

const entity = (call: Call, owner: ExtensionOwner, extension: OpenExtension) => ({
  '@odata.context': contextOf(call, `${owner.set}/$entity`),
  ...showExtension(extension, isOn(call.graph.world, 'prefixedExtensionIds')),
});
