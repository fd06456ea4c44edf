import type { WireAnswer } from '../wire.ts';
import { bodyOf, contextOf, created, idOf, mailboxOf, noContent, ok, type Call } from './call.ts';
import { answerListing } from './listing.ts';
import { badRequest, itemNotFound, Refusal } from './refusal.ts';
import type { Category, Mailbox } from './state.ts';

const properties: ReadonlySet<string> = new Set(['id', 'displayName', 'color']);
const colors: ReadonlySet<string> = new Set([
  'none',
  ...Array.from({ length: 25 }, (_, index) => `preset${index}`),
]);

/** The master list comes whole; there is no paging of it, no delta and no subscription. */
export function listCategories(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  return answerListing(call, {
    context: setOf(mailbox),
    rows: mailbox.categories.values(),
    read: (category, name) => new Map<string, unknown>(Object.entries(category)).get(name),
    show: (category) => ({ ...category }),
    properties,
    pageSize: 1000,
  });
}

export function getCategory(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  return ok(entity(call, mailbox, find(mailbox, idOf(call, 'category'))));
}

/** POST: a name is taken once, in whatever case. */
export function createCategory(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  const { displayName, color } = bodyOf(call);
  if (typeof displayName !== 'string' || displayName.trim() === '' || displayName.length > 255) {
    throw badRequest('A category needs a displayName of up to 255 characters.', 'ErrorInvalidRequest');
  }
  const wanted = displayName.toLowerCase();
  if ([...mailbox.categories.values()].some((one) => one.displayName.toLowerCase() === wanted)) {
    throw new Refusal(409, 'ErrorDuplicateName', 'A category with this name exists already.');
  }
  const category = { id: call.graph.world.uuid(), displayName, color: readColor(color ?? 'none') };
  mailbox.categories.set(category.id, category);
  return created(entity(call, mailbox, category));
}

/** PATCH: only the colour; a category cannot be renamed. */
export function updateCategory(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  const category = find(mailbox, idOf(call, 'category'));
  const { displayName, color } = bodyOf(call);
  if (displayName !== undefined && displayName !== category.displayName) {
    throw badRequest('The displayName of a category cannot be changed.', 'ErrorInvalidRequest');
  }
  if (color !== undefined) category.color = readColor(color);
  return ok(entity(call, mailbox, category));
}

/** DELETE leaves the items that carry the name as they are. */
export function deleteCategory(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  mailbox.categories.delete(find(mailbox, idOf(call, 'category')).id);
  return noContent;
}

function find(mailbox: Mailbox, id: string): Category {
  const category = mailbox.categories.get(id.toLowerCase());
  if (!category) throw itemNotFound();
  return category;
}

function readColor(value: unknown): string {
  const color = typeof value === 'string' ? value.toLowerCase() : '';
  if (colors.has(color)) return color;
  throw badRequest(`Requested value '${String(value)}' was not found.`, 'ErrorInvalidRequest');
}

const setOf = (mailbox: Mailbox) => `users('${mailbox.userId}')/outlook/masterCategories`;

const entity = (call: Call, mailbox: Mailbox, category: Category) => ({
  '@odata.context': contextOf(call, `${setOf(mailbox)}/$entity`),
  ...category,
});
