import type { Contact } from '../../../shared/contact.ts';
import type { CustomField } from '../../../shared/policy.ts';
import type { FieldName } from '../../core/step.ts';
import type { CreateRequest, WriteAnswer } from '../connector.ts';
import { asContact, extendedFromContact, fileAsOf, graphFromContact, sightingFromGraph } from './contact.ts';
import { contactSlots, textFields } from './contact-fields.ts';
import { isExtended, stampId } from './extended.ts';
import { categoriesToWrite } from './marks.ts';
import { readRows, type Outlook } from './read.ts';
import { outcomeFrom } from './refusals.ts';
import { listFrom, rowFrom, segment, type GraphContact, type GraphPatch } from './wire.ts';

/**
 * Makes contacts in the default folder, each with its stamp in the same request. The answer to a POST shows all but the
 * extended properties; only contacts that were written with such are read again, all of them together.
 */
export async function create(
  outlook: Outlook,
  requests: readonly CreateRequest[],
): Promise<readonly WriteAnswer[]> {
  const posted = await Promise.all(requests.map((request) => post(outlook, request)));
  return withExtended(
    outlook,
    requests.map((request, index): Written => {
      const result = posted[index];
      if (result === undefined) throw new Error('A contact was not posted.');
      if (!('row' in result)) return { is: 'answered', answer: result };
      const isPlain = !needsLook(fieldsOf(request), itemOf(request), outlook.customFields());
      return { is: 'written', holder: request.holder, row: result.row, isPlain };
    }),
  );
}

/** A write that was carried out: the row as it should now read; `isPlain` when nothing in it must be looked at again. */
export type Written =
  | Readonly<{ is: 'answered'; answer: WriteAnswer }>
  | Readonly<{ is: 'written'; holder: CreateRequest['holder']; row: GraphContact; isPlain: boolean }>;

/** The contact as the service answered it. */
export type Stored = Readonly<{ row: GraphContact }>;

/** Reads again what the service does not echo. Should that fail, what was sent stands for it: the write was done. */
export async function withExtended(
  outlook: Outlook,
  written: readonly Written[],
): Promise<readonly WriteAnswer[]> {
  const again = written.filter((one) => one.is === 'written' && !one.isPlain);
  const looks = await readRows(
    outlook,
    again.flatMap((one) => (one.is === 'written' ? [{ holder: one.holder, ref: one.row.id }] : [])),
  );
  const rows = new Map(again.map((one, index) => [one, looks[index]]));
  return written.map((one) => {
    if (one.is === 'answered') return one.answer;
    const look = rows.get(one);
    const row = look?.look === 'found' ? look.row : one.row;
    const now = sightingFromGraph(row, one.holder.marks.contact, outlook.customFields());
    return { outcome: 'done', now, notes: [] };
  });
}

/** Exchange keeps a short line of printable ASCII as it is sent, whatever property it is put into. */
const keptAsSent = /^[!-~](?:[ -~]{0,62}[!-~])?$/;

/** Whether what was written must be read to know what is stored: extended properties that are more than a plain short text. */
export function needsLook(
  fields: readonly FieldName[],
  item: Contact,
  customFields: readonly CustomField[],
): boolean {
  return fields.some(
    (field) =>
      field === 'isPrivate' ||
      textFields.some(
        (name) =>
          name === field && contactSlots[name].at === 'extended' && !keptAsSent.test(item[name] ?? '-'),
      ) ||
      customFields.some((custom) => `custom.${custom.name}` === field && isExtended(custom)),
  );
}

async function post(outlook: Outlook, request: CreateRequest): Promise<Stored | WriteAnswer> {
  const mailbox = request.holder.userId;
  const body = bodyOf(outlook, request);
  const path = `/users/${segment(mailbox)}/contacts`;
  const answer = await outlook.client.request({ mailbox, method: 'POST', path, body });
  const row = answer.answer === 'response' && answer.status === 201 ? rowFrom(answer.body) : null;
  if (row === null) return outcomeFrom(answer, outlook.client.nowMs(), fieldsOf(request));
  const extended = extendedFromContact(itemOf(request), outlook.customFields());
  const stamp = { id: stampId, value: request.stamp };
  return { row: { ...row, singleValueExtendedProperties: [...extended, stamp] } };
}

function bodyOf(outlook: Outlook, request: CreateRequest): GraphPatch {
  const item = itemOf(request);
  const marks = request.holder.marks.contact;
  const own = graphFromContact(fieldsOf(request), item, { row: null, customFields: outlook.customFields() });
  const extended = listFrom(own['singleValueExtendedProperties']);
  return {
    ...own,
    fileAs: fileAsOf(item),
    categories: categoriesToWrite(item.categories, [], { mark: true, kind: request.kind, marks }),
    singleValueExtendedProperties: [...extended, { id: stampId, value: request.stamp }],
  };
}

/** A personal contact of Siebel is a private one in Outlook. */
function itemOf(request: CreateRequest): Contact {
  const item = asContact(request.item);
  return request.kind === 'personal' ? { ...item, isPrivate: true } : item;
}

/** What is absent need not be sent to something new. */
function fieldsOf(request: CreateRequest): readonly FieldName[] {
  const item = itemOf(request);
  const custom = Object.entries(item.custom).filter(([, value]) => value !== null);
  return [
    ...textFields.filter((field) => item[field] !== null),
    ...(item.isPrivate ? (['isPrivate'] as const) : []),
    ...custom.map(([name]) => `custom.${name}` as const),
  ];
}
