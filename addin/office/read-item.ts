import type { Calls, OfficeResult } from './calls.ts';
import type { Identities } from './identity.ts';
import { OfficeError } from './office-error.ts';
import type { OpenItem, Person } from './port.ts';

/** Outlook's item as it comes: values when reading, accessors with `getAsync` when composing. */
export type HostItem = Readonly<Record<string, unknown>> & object;

type Read = Readonly<{
  calls: Calls;
  generation: number;
  identities: Identities;
  restId: (id: string) => string;
}>;

/**
 * A snapshot of the open item. Rejects with `itemChanged` when another one is opened meanwhile; null where the client does
 * not give the id of a saved item, as Outlook on Mac does right after a change.
 */
export async function readItem(item: HostItem, read: Read): Promise<OpenItem | null> {
  const type = item['itemType'] === 'appointment' ? 'appointment' : 'message';
  const mode = isAccessor(item['subject']) ? 'compose' : 'read';
  const id = mode === 'compose' ? await savedId(item, read) : textOrNull(item['itemId']);
  if (mode === 'read' && id === null) return null;
  const get = (name: string): Promise<unknown> => valueOf(item, name, read);
  const [subject, start, end, from, people] = await Promise.all([
    get('subject'),
    type === 'appointment' ? get('start') : null,
    type === 'appointment' ? get('end') : null,
    get(type === 'appointment' ? 'organizer' : 'from'),
    Promise.all(peopleIn[type].map(get)),
  ]);
  const itemId = id === null ? null : read.restId(id);
  return {
    identity: read.identities.of(item, itemId),
    type,
    mode,
    itemId,
    subject: textOrNull(subject) ?? '',
    start: instantOf(start),
    end: instantOf(end),
    from: personOf(from),
    people: withoutDuplicates(people.flatMap(peopleOf)),
    isInSeries: textOrNull(item['seriesId']) !== null,
    isMeetingMail: type === 'message' && /^IPM\.Schedule\./i.test(textOrNull(item['itemClass']) ?? ''),
  };
}

const peopleIn = {
  appointment: ['requiredAttendees', 'optionalAttendees'],
  message: ['to', 'cc'],
} as const;

/** Null before the first save. Nothing is ever saved to get an id: saving a meeting mails its guests. */
async function savedId(item: HostItem, { calls, generation }: Read): Promise<string | null> {
  const ask = item['getItemIdAsync'];
  if (!isFunction(ask)) return null;
  try {
    const id = await calls.run<unknown>({
      name: 'item.getItemIdAsync',
      generation,
      start: (done) => ask.call(item, done),
    });
    return textOrNull(id);
  } catch (error) {
    if (error instanceof OfficeError && error.trouble === 'notSaved') return null;
    throw error;
  }
}

async function valueOf(item: HostItem, name: string, { calls, generation }: Read): Promise<unknown> {
  const value = item[name];
  if (!isAccessor(value)) return value ?? null;
  try {
    return await calls.run<unknown>({
      name: `item.${name}.getAsync`,
      generation,
      start: (done) => value.getAsync(done),
    });
  } catch (error) {
    // A part the client does not give is a part less to show; a changed item makes the whole snapshot void.
    if (error instanceof OfficeError && error.trouble !== 'itemChanged') return null;
    throw error;
  }
}

type Accessor = Readonly<{ getAsync: (done: (result: OfficeResult<unknown>) => void) => void }>;

function isAccessor(value: unknown): value is Accessor {
  return typeof value === 'object' && value !== null && 'getAsync' in value && isFunction(value.getAsync);
}

function isFunction(value: unknown): value is (...given: unknown[]) => void {
  return typeof value === 'function';
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function instantOf(value: unknown): string | null {
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : null;
}

function peopleOf(value: unknown): readonly Person[] {
  return Array.isArray(value) ? value.flatMap((one: unknown) => personOf(one) ?? []) : [];
}

function personOf(value: unknown): Person | null {
  if (typeof value !== 'object' || value === null || !('emailAddress' in value)) return null;
  const address = textOrNull(value.emailAddress);
  if (address === null) return null;
  const name = 'displayName' in value ? textOrNull(value.displayName) : null;
  return { name: name ?? address, address };
}

function withoutDuplicates(people: readonly Person[]): readonly Person[] {
  const byAddress = new Map(people.map((person) => [person.address.toLowerCase(), person] as const));
  return [...byAddress.values()];
}
