import { unreachable, type Domain } from '../../../shared/domain.ts';
import type { FieldName } from '../../core/step.ts';
import type { RemoveRequest, WriteAnswer } from '../connector.ts';
import type { GraphClient } from './client.ts';
import { isDeletedAlready } from './errors.ts';
import { looksBefore, type LookRequest } from './looks-before.ts';
import { categoriesOf, markedAs, ownCategories } from './marks.ts';
import { problemWith } from './outcome.ts';
import type { GraphAnswer } from './packer.ts';
import { holderOf } from './read.ts';
import type { RowLook } from './row-look.ts';
import { etagOf } from './wire.ts';

/** Where contacts, events or tasks lie and what answers about them mean. */
type Place = Readonly<{
  client: GraphClient;
  pathOf: (mailbox: string, ref: RemoveRequest['ref']) => string;
  read: (asked: readonly LookRequest[]) => Promise<readonly RowLook[]>;
  outcomeFrom: (answer: GraphAnswer, nowMs: number, fields: readonly FieldName[]) => WriteAnswer;
  /** Whether what is deleted stays in Deleted Items, under the id it had. */
  hasBin: boolean;
  /** Whether the service itself sees to it that only what was seen is deleted. */
  honoursIfMatch: boolean;
}>;

/** `delete` deletes the item; `unmark` takes the mark off and leaves it to its owner, all of these read together before. */
export async function removeFrom(
  place: Place,
  requests: readonly RemoveRequest[],
): Promise<readonly WriteAnswer[]> {
  const needsLook = ({ how }: RemoveRequest) => how === 'unmark' || !place.honoursIfMatch;
  const looks = await looksBefore(requests, needsLook, place.read);
  return Promise.all(
    requests.map((request): Promise<WriteAnswer> => {
      const look = looks.get(request) ?? null;
      switch (request.how) {
        case 'delete':
          return deleteOne(place, request, look);
        case 'unmark':
          return unmarkOne(place, request, look);
        case 'unlist':
          return Promise.resolve(notHere(request.domain));
      }
      return unreachable(request.how);
    }),
  );
}

const removed: WriteAnswer = { outcome: 'done', now: null, notes: [] };

function notHere(domain: Domain): WriteAnswer {
  const reason = `Outlook has no list of people to take ${names[domain]} from; this is done in Siebel.`;
  return { outcome: 'refused', reason, field: null };
}

const names = {
  contact: 'a contact',
  appointment: 'an event',
  task: 'a task',
} as const satisfies Record<Domain, string>;

async function deleteOne(place: Place, request: RemoveRequest, look: RowLook | null): Promise<WriteAnswer> {
  const problem = look === null ? null : problemWith(look, request.version);
  if (problem !== null) return problem;
  const { client, hasBin } = place;
  const holder = holderOf(request.holder);
  const mailbox = holder.userId;
  const path = place.pathOf(mailbox, request.ref);
  const answer = await client.request({ mailbox, method: 'DELETE', path, ifMatch: etagOf(request.version) });
  if (answer.answer === 'response') {
    if (answer.status === 204) return removed;
    if (hasBin && isDeletedAlready(answer)) return { outcome: 'gone' };
  }
  const outcome = place.outcomeFrom(answer, client.nowMs(), []);
  if (outcome.outcome !== 'stale' || !hasBin) return outcome;
  // Its move to Deleted Items changed it, too.
  const [now] = await place.read([{ holder, ref: request.ref }]);
  return now?.look === 'missing' ? { outcome: 'gone' } : outcome;
}

async function unmarkOne(place: Place, request: RemoveRequest, look: RowLook | null): Promise<WriteAnswer> {
  if (look?.look !== 'found')
    return look === null ? removed : (problemWith(look, request.version) ?? removed);
  const holder = holderOf(request.holder);
  const marks = holder.marks[request.domain];
  const categories = categoriesOf(look.row);
  if (markedAs(categories, marks) === null) return removed;
  const problem = problemWith(look, request.version);
  if (problem !== null) return problem;
  const answer = await place.client.request({
    mailbox: holder.userId,
    method: 'PATCH',
    path: place.pathOf(holder.userId, request.ref),
    body: { categories: ownCategories(categories, marks) },
    ifMatch: etagOf(request.version),
  });
  return answer.answer === 'response' && answer.status === 200
    ? removed
    : place.outcomeFrom(answer, place.client.nowMs(), ['categories']);
}
