import { unreachable } from '../../../../shared/domain.ts';
import type { RemoveRequest, WriteAnswer } from '../../connector.ts';
import { isDeletedAlready, isItemMissing } from '../errors.ts';
import { categoriesOf, categoriesToWrite, markedAs, ownCategories } from '../marks.ts';
import { problemWith } from '../outcome.ts';
import { holderOf, type Outlook } from '../read.ts';
import type { RowLook } from '../row-look.ts';
import { etagOf } from '../wire.ts';
import { outcomeFrom } from './outcome.ts';
import { eventPath, readRows } from './rows.ts';

/**
 * `delete` moves the event to Deleted Items, which calls a meeting off where the mailbox is its organizer's; `unmark` takes the
 * mark off and leaves the event to its owner.
 */
export async function remove(
  outlook: Outlook,
  requests: readonly RemoveRequest[],
): Promise<readonly WriteAnswer[]> {
  const unmarked = requests.filter(({ how }) => how === 'unmark');
  const looks = await readRows(outlook, unmarked.map(rowRequest));
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

const removed: WriteAnswer = { outcome: 'done', now: null, notes: [] };

const notHere: WriteAnswer = {
  outcome: 'refused',
  reason: 'Outlook has no list of people to take an event from; this is done in Siebel.',
  field: null,
};

async function deleteOne(outlook: Outlook, request: RemoveRequest): Promise<WriteAnswer> {
  const mailbox = holderOf(request.holder).userId;
  const path = eventPath(mailbox, request.ref);
  const ifMatch = etagOf(request.version);
  const answer = await outlook.client.request({ mailbox, method: 'DELETE', path, ifMatch });
  if (answer.answer === 'response') {
    if (answer.status === 204) return removed;
    if (isItemMissing(answer) || isDeletedAlready(answer)) return { outcome: 'gone' };
  }
  const outcome = outcomeFrom(answer, outlook.client.nowMs(), []);
  if (outcome.outcome !== 'stale') return outcome;
  // Its move to Deleted Items changed it, too.
  const [look] = await readRows(outlook, [rowRequest(request)]);
  return look?.look === 'missing' ? { outcome: 'gone' } : outcome;
}

async function unmarkOne(
  outlook: Outlook,
  request: RemoveRequest,
  look: RowLook | null,
): Promise<WriteAnswer> {
  const holder = holderOf(request.holder);
  if (look?.look !== 'found')
    return look === null ? removed : (problemWith(look, request.version) ?? removed);
  const marks = holder.marks.appointment;
  const categories = categoriesOf(look.row);
  if (markedAs(categories, marks) === null) return removed;
  const problem = problemWith(look, request.version);
  if (problem !== null) return problem;
  const wish = { mark: false, kind: 'appointment', marks } as const;
  const answer = await outlook.client.request({
    mailbox: holder.userId,
    method: 'PATCH',
    path: eventPath(holder.userId, request.ref),
    body: { categories: categoriesToWrite(ownCategories(categories, marks), categories, wish) },
    ifMatch: etagOf(request.version),
  });
  return answer.answer === 'response' && answer.status === 200
    ? removed
    : outcomeFrom(answer, outlook.client.nowMs(), ['categories']);
}

function rowRequest({ holder, ref }: RemoveRequest) {
  return { holder: holderOf(holder), ref, isSeries: false };
}
