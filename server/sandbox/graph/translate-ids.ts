import type { WireAnswer } from '../wire.ts';
import { bodyOf, contextOf, mailboxOf, ok, type Call } from './call.ts';
import { decodeInstance, instanceId } from './calendar/event-ids.ts';
import { badRequest } from './refusal.ts';
import type { Mailbox } from './state.ts';

const formats = ['entryId', 'ewsId', 'immutableEntryId', 'restId', 'restImmutableEntryId'] as const;
type Format = (typeof formats)[number];

const mostIds = 1000;

/** POST …/translateExchangeIds: an id that leads nowhere comes back with `errorDetails`. */
export function translateIds(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  const { inputIds, sourceIdType, targetIdType } = readBody(call);
  const source = readFormat(sourceIdType);
  const target = readFormat(targetIdType);
  return ok({
    '@odata.context': contextOf(call, 'Collection(microsoft.graph.convertIdResult)'),
    value: inputIds.map((id) => {
      const item = find(mailbox, id, source);
      if (item) return { sourceId: id, targetId: write(mailbox, item, target) };
      return { sourceId: id, errorDetails: { code: 'ErrorInvalidIdMalformed', message: 'Id is malformed.' } };
    }),
  });
}

function readBody(call: Call) {
  const body = Object.fromEntries(
    Object.entries(bodyOf(call)).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const inputIds = body['inputids'];
  if (!Array.isArray(inputIds) || inputIds.length > mostIds) {
    throw badRequest(`inputIds takes up to ${mostIds} ids.`, 'ErrorInvalidRequest');
  }
  return {
    inputIds: inputIds.map(String),
    sourceIdType: body['sourceidtype'],
    targetIdType: body['targetidtype'],
  };
}

function readFormat(value: unknown): Format {
  const found = formats.find((format) => format.toLowerCase() === String(value).toLowerCase());
  if (!found) throw badRequest(`Requested value '${String(value)}' was not found.`, 'RequestBodyRead');
  return found;
}

type Kind = Readonly<{ prefix: 'mutable' | 'immutable' | 'entry'; isStandardBase64: boolean }>;

const kinds: Readonly<Record<Format, Kind>> = {
  restId: { prefix: 'mutable', isStandardBase64: false },
  ewsId: { prefix: 'mutable', isStandardBase64: true },
  restImmutableEntryId: { prefix: 'immutable', isStandardBase64: false },
  immutableEntryId: { prefix: 'immutable', isStandardBase64: true },
  entryId: { prefix: 'entry', isStandardBase64: false },
};

/** A contact or an event; of a series also one occurrence, by its date. */
type Named = Readonly<{ number: number; mutableNumber: number; date: string | null }>;

function find(mailbox: Mailbox, id: string, format: Format): Named | null {
  const { prefix, isStandardBase64 } = kinds[format];
  const decoded = decodeInstance(mailbox.prefixes[prefix], isStandardBase64 ? urlSafe(id) : id);
  if (!decoded) return null;
  const { number: asked, date } = decoded;
  const item = mailbox.items.get(asked) ?? mailbox.calendars.items.get(asked);
  if (!item || (date !== null && !('series' in item))) return null;
  const { number, mutableNumber } = item;
  return numberOf(item, prefix) === asked ? { number, mutableNumber, date } : null;
}

function write(mailbox: Mailbox, item: Named, format: Format): string {
  const { prefix, isStandardBase64 } = kinds[format];
  const { date } = item;
  const id = instanceId(mailbox.prefixes[prefix], { number: numberOf(item, prefix), date });
  return isStandardBase64 ? standard(id) : id;
}

const numberOf = (item: Omit<Named, 'date'>, prefix: Kind['prefix']) =>
  prefix === 'immutable' ? item.number : item.mutableNumber;

/** Ids of EWS and add-ins are the same bytes in standard base64. */
const standard = (id: string) => id.replaceAll('-', '/').replaceAll('_', '+');
const urlSafe = (id: string) => id.replaceAll('/', '-').replaceAll('+', '_');
