import type { WireAnswer } from '../wire.ts';
import { bodyOf, contextOf, mailboxOf, ok, type Call } from './call.ts';
import { decodeId, encodeId } from './ids.ts';
import { badRequest } from './refusal.ts';
import type { ContactItem, Mailbox } from './state.ts';

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

function find(mailbox: Mailbox, id: string, format: Format): ContactItem | null {
  const { prefixes, items } = mailbox;
  switch (format) {
    case 'restId':
    case 'ewsId': {
      const number = decodeId(prefixes.mutable, urlSafe(id));
      const item = number === null ? undefined : items.get(number);
      return item?.mutableNumber === number ? (item ?? null) : null;
    }
    case 'restImmutableEntryId':
    case 'immutableEntryId': {
      const number = decodeId(prefixes.immutable, urlSafe(id));
      const item = number === null ? undefined : items.get(number);
      return item?.number === number ? (item ?? null) : null;
    }
    case 'entryId': {
      const number = decodeId(prefixes.entry, id);
      return (number === null ? undefined : items.get(number)) ?? null;
    }
  }
}

function write(mailbox: Mailbox, item: ContactItem, format: Format): string {
  const { prefixes } = mailbox;
  switch (format) {
    case 'restId':
      return encodeId(prefixes.mutable, item.mutableNumber);
    case 'ewsId':
      return standard(encodeId(prefixes.mutable, item.mutableNumber));
    case 'restImmutableEntryId':
      return encodeId(prefixes.immutable, item.number);
    case 'immutableEntryId':
      return standard(encodeId(prefixes.immutable, item.number));
    case 'entryId':
      return encodeId(prefixes.entry, item.mutableNumber);
  }
}

/** Ids of EWS and add-ins are the same bytes in standard base64. */
const standard = (id: string) => id.replaceAll('-', '/').replaceAll('_', '+');
const urlSafe = (id: string) => id.replaceAll('/', '-').replaceAll('+', '_');
