import { unreachable } from '../../../shared/domain.ts';
import type { FieldName } from '../../core/step.ts';
import type { RemoveRequest, UpdateRequest, WriteAnswer } from '../connector.ts';
import { asSeen } from './as-seen.ts';
import { asContact, extendedFromContact, fileAsOf, graphFromContact } from './contact.ts';
import { needsLook, withExtended, type Stored, type Written } from './create.ts';
import { isDeletedAlready } from './errors.ts';
import { categoriesOf, categoriesToWrite, isSameSet, markedAs, ownCategories } from './marks.ts';
import { versionOf } from './names.ts';
import { problemWith } from './outcome.ts';
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
  const first = requests.filter(needsRow);
  const looks = await readRows(
    outlook,
    first.map(({ holder, ref }) => ({ holder: holderOf(holder), ref })),
  );
  const rows = new Map(first.map((request, index) => [request, looks[index] ?? null]));
  const written = await Promise.all(
    requests.map((request) => updateOne(outlook, request, rows.get(request) ?? null)),
  );
  return withExtended(outlook, written);
}

/** `delete` moves the contact to Deleted Items; `unmark` takes the mark off and leaves the contact to its owner. */
export async function remove(
  outlook: Outlook,
  requests: readonly RemoveRequest[],
): Promise<readonly WriteAnswer[]> {
  const unmarked = requests.filter(({ how }) => how === 'unmark');
  const looks = await readRows(
    outlook,
    unmarked.map(({ holder, ref }) => ({ holder: holderOf(holder), ref })),
  );
  const rows = new Map(unmarked.map((request, index) => [request, looks[index] ?? null]));
  return Promise.all(
    requests.map((request): Promise<WriteAnswer> => {
      switch (request.how) {
        case 'delete':
          return deleteOne(outlook, request);
        case 'unmark':
          return unmarkOne(outlook, request, rows.get(request) ?? null);
        case 'unlist':
          return Promise.resolve(notHere);
      }
      return unreachable(request.how);
    }),
  );
}

const notHere: WriteAnswer = {
  outcome: 'refused',
  reason: 'Outlook has no Sync List to take a contact from; this is done in Siebel.',
  field: null,
};

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
  const marks = holderOf(request.holder).marks.contact;
  const present = categoriesOf(row);
  const own = fields.includes('categories') ? item.categories : ownCategories(present, marks);
  const categories = categoriesToWrite(own, present, { mark: request.mark, kind: request.kind, marks });
  return isSameSet(categories, present) ? patch : { ...patch, categories };
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

async function deleteOne(outlook: Outlook, request: RemoveRequest): Promise<WriteAnswer> {
  const mailbox = holderOf(request.holder).userId;
  const path = contactPath(mailbox, request.ref);
  const ifMatch = etagOf(request.version);
  const answer = await outlook.client.request({ mailbox, method: 'DELETE', path, ifMatch });
  if (answer.answer === 'response' && answer.status === 204) return removed;
  if (answer.answer === 'response' && isDeletedAlready(answer)) return { outcome: 'gone' };
  const outcome = outcomeFrom(answer, outlook.client.nowMs(), []);
  if (outcome.outcome !== 'stale') return outcome;
  // Its move to Deleted Items changed it, too.
  const [look] = await readRows(outlook, [{ holder: holderOf(request.holder), ref: request.ref }]);
  return look?.look === 'missing' ? { outcome: 'gone' } : outcome;
}

async function unmarkOne(
  outlook: Outlook,
  request: RemoveRequest,
  look: RowLook | null,
): Promise<WriteAnswer> {
  if (look?.look !== 'found')
    return look === null ? removed : (problemWith(look, request.version) ?? removed);
  const marks = holderOf(request.holder).marks.contact;
  const categories = categoriesOf(look.row);
  const kept = categoriesToWrite(ownCategories(categories, marks), categories, {
    mark: false,
    kind: 'business',
    marks,
  });
  if (markedAs(categories, marks) === null) return removed;
  const problem = problemWith(look, request.version);
  if (problem !== null) return problem;
  const answer = await send(outlook, { ...request, fields: [] }, { categories: kept });
  return 'row' in answer ? removed : answer;
}

const removed: WriteAnswer = { outcome: 'done', now: null, notes: [] };
