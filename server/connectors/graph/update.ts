import type { FieldName } from '../../core/step.ts';
import type { RemoveRequest, UpdateRequest, WriteAnswer } from '../connector.ts';
import { asSeen } from './as-seen.ts';
import { categoryPatch } from './category-patch.ts';
import { asContact, extendedFromContact, fileAsOf, graphFromContact } from './contact.ts';
import { needsLook, withExtended, type Stored, type Written } from './create.ts';
import { looksBefore, type LookRequest } from './looks-before.ts';
import { versionOf } from './names.ts';
import { problemWith } from './outcome.ts';
import { removeFrom } from './remove.ts';
import { contactPath, holderOf, readRows, type Outlook } from './read.ts';
import { outcomeFrom } from './refusals.ts';
import type { RowLook } from './row-look.ts';
import { etagOf, listFrom, rowFrom, textFrom, type GraphContact, type GraphPatch } from './wire.ts';

/**
 * Writes fields of contacts, each on condition that the contact is still the one seen. Categories and e-mail addresses are
 * collections that hold more than we map (the mark in its language, the names addresses are shown by), so contacts in which
 * these change are read first, all of them together.
 */
export async function update(
  outlook: Outlook,
  requests: readonly UpdateRequest[],
): Promise<readonly WriteAnswer[]> {
  const looks = await looksBefore(requests, needsRow, (asked) => readRows(outlook, asked));
  const written = requests.map((request) => updateOne(outlook, request, looks.get(request) ?? null));
  return withExtended(outlook, await Promise.all(written));
}

/** `delete` moves the contact to Deleted Items; `unmark` takes the mark off and leaves the contact to its owner. */
export function remove(
  outlook: Outlook,
  requests: readonly RemoveRequest[],
): Promise<readonly WriteAnswer[]> {
  const { client } = outlook;
  const read = (asked: readonly LookRequest[]) => readRows(outlook, asked);
  const place = { client, pathOf: contactPath, read, outcomeFrom, hasBin: true, honoursIfMatch: true };
  return removeFrom(place, requests);
}

const emailFields: readonly FieldName[] = ['email1', 'email2', 'email3'];

function needsRow({ fields, mark }: UpdateRequest): boolean {
  return mark !== null || fields.includes('categories') || emailFields.some((name) => fields.includes(name));
}

async function updateOne(outlook: Outlook, request: UpdateRequest, look: RowLook | null): Promise<Written> {
  const problem = look === null ? null : problemWith(look, request.version);
  if (problem !== null) return { is: 'answered', answer: problem };
  const row = look?.look === 'found' ? look.row : null;
  const patch = patchOf(outlook, request, row);
  if (Object.keys(patch).length === 0) return unchanged(request, row);
  const answer = await send(outlook, request, patch);
  if (!('row' in answer)) return { is: 'answered', answer };
  const filed = await refile(outlook, request, answer.row);
  return {
    is: 'written',
    holder: holderOf(request.holder),
    row: { ...filed, singleValueExtendedProperties: extendedOf(outlook, request, row) },
    isPlain: !needsLook(request.fields, asContact(request.item), outlook.customFields()),
  };
}

function patchOf(outlook: Outlook, request: UpdateRequest, row: GraphContact | null): GraphPatch {
  const { fields } = request;
  const item = asContact(request.item);
  const patch = graphFromContact(fields, item, { row, customFields: outlook.customFields() });
  if (row === null) return patch;
  return { ...patch, ...categoryPatch(request, row, holderOf(request.holder).marks.contact) };
}

/** Without a row: nothing was asked for, and the contact is as it was seen. */
function unchanged(request: UpdateRequest, row: GraphContact | null): Written {
  const holder = holderOf(request.holder);
  if (row !== null) return { is: 'written', holder, row, isPlain: true };
  return { is: 'answered', answer: asSeen(request, []) };
}

async function send(
  outlook: Outlook,
  request: Pick<UpdateRequest, 'holder' | 'ref' | 'version' | 'fields'>,
  body: GraphPatch,
): Promise<Stored | WriteAnswer> {
  const mailbox = holderOf(request.holder).userId;
  const path = contactPath(mailbox, request.ref);
  const ifMatch = etagOf(request.version);
  const answer = await outlook.client.request({ mailbox, method: 'PATCH', path, body, ifMatch });
  const row = answer.answer === 'response' && answer.status === 200 ? rowFrom(answer.body) : null;
  return row === null ? outcomeFrom(answer, outlook.client.nowMs(), request.fields) : { row };
}

/**
 * Outlook sorts contacts by "file as", which a service that made it up itself may or may not keep in step with the name. One
 * that still says what the old name gave is brought along; one that a person chose is left alone.
 */
async function refile(outlook: Outlook, request: UpdateRequest, row: GraphContact): Promise<GraphContact> {
  const old = fileAsOf(asContact(request.before));
  const wanted = fileAsOf(asContact(request.item));
  if (old === wanted || textFrom(row['fileAs']) !== old || versionOf(row) === '') return row;
  const again = await send(outlook, { ...request, version: versionOf(row) }, { fileAs: wanted });
  return 'row' in again ? again.row : row;
}

/** What the answer to a PATCH leaves out: as read just before, or else as seen, under what was written. */
function extendedOf(outlook: Outlook, request: UpdateRequest, row: GraphContact | null): unknown {
  const customFields = outlook.customFields();
  const kept =
    row?.singleValueExtendedProperties ?? extendedFromContact(asContact(request.before), customFields);
  const written = graphFromContact(request.fields, asContact(request.item), { row: null, customFields });
  // The first of two entries counts.
  return [...listFrom(written['singleValueExtendedProperties']), ...listFrom(kept)];
}
