import type { Failure, Watch } from '../connector.ts';
import { failureFrom, isDone } from './errors.ts';
import type { GraphAnswer } from './packer.ts';
import type { Outlook } from './read.ts';
import { strangeLink } from './turn-pages.ts';
import { pageFrom, rowFrom, segment, textFrom, type GraphRow } from './wire.ts';

type KeepRequest = Parameters<Watch['keep']>[0][number];
type Kept = Readonly<{ subscriptionId: string; expiresAt: string }>;

/**
 * Subscriptions to the contacts and the events of mailboxes. The header that asks for immutable ids when one is created decides the kind of
 * id in its notifications for its whole life (facts/graph.md section 7).
 */
export function createWatch(outlook: Outlook): Watch {
  return {
    keep: (requests) => Promise.all(requests.map((request) => keep(outlook, request))),
    drop: async (subscriptionIds) => {
      await Promise.all(subscriptionIds.map((id) => dropOne(outlook, id)));
    },
  };
}

async function keep(outlook: Outlook, request: KeepRequest): Promise<Kept | Failure> {
  const { subscriptionId, expiresAt } = request;
  if (subscriptionId === null) return create(outlook, request);
  const answer = await outlook.client.request({
    mailbox: null,
    method: 'PATCH',
    path: `/subscriptions/${segment(subscriptionId)}`,
    body: { expirationDateTime: expiresAt },
  });
  // Ended, or taken away because of something that happened to the mailbox.
  const isOver = answer.answer === 'response' && (answer.status === 404 || answer.status === 410);
  return isOver ? create(outlook, request) : keptFrom(outlook, answer, expiresAt);
}

async function create(outlook: Outlook, request: KeepRequest): Promise<Kept | Failure> {
  const first = await post(outlook, request);
  if (first.answer !== 'response' || first.status !== 409) return keptFrom(outlook, first, request.expiresAt);
  // One of ours is left from a time we know nothing of; its client state cannot be changed, so it goes.
  const failure = await dropTwins(outlook, request);
  return failure ?? keptFrom(outlook, await post(outlook, request), request.expiresAt);
}

function resourceOf(request: KeepRequest): string {
  return `users/${request.holder.userId}/${request.domain === 'contact' ? 'contacts' : 'events'}`;
}

function post(outlook: Outlook, request: KeepRequest): Promise<GraphAnswer> {
  return outlook.client.request({
    mailbox: null,
    method: 'POST',
    path: '/subscriptions',
    body: {
      changeType: 'created,updated,deleted',
      notificationUrl: request.notificationUrl,
      lifecycleNotificationUrl: request.lifecycleUrl,
      resource: resourceOf(request),
      expirationDateTime: request.expiresAt,
      clientState: request.clientState,
    },
  });
}

async function dropTwins(outlook: Outlook, request: KeepRequest): Promise<Failure | null> {
  const twins: GraphRow[] = [];
  let path: string | null = '/subscriptions';
  while (path !== null) {
    const answer: GraphAnswer = await outlook.client.request({ mailbox: null, method: 'GET', path });
    if (answer.answer === 'failed') return answer.failure;
    const page = isDone(answer) ? pageFrom(answer.body) : null;
    if (page === null) return failureFrom(answer, outlook.client.nowMs());
    twins.push(...page.rows.filter((row) => isTwin(row, request)));
    path = page.nextLink === null ? null : outlook.client.pathFromListLink(page.nextLink, '/subscriptions');
    if (page.nextLink !== null && path === null) return strangeLink;
  }
  await Promise.all(twins.map((row) => dropOne(outlook, row.id)));
  return null;
}

function isTwin(row: GraphRow, request: KeepRequest): boolean {
  const resource = textFrom(row['resource'])?.replace(/^\//, '').toLowerCase();
  return resource === resourceOf(request).toLowerCase() && row['notificationUrl'] === request.notificationUrl;
}

/** One that cannot be ended now runs out by itself; its notifications carry a state nobody knows and are not heard. */
async function dropOne(outlook: Outlook, id: string): Promise<void> {
  await outlook.client.request({ mailbox: null, method: 'DELETE', path: `/subscriptions/${segment(id)}` });
}

/** The service may shorten the life it was asked for. */
function keptFrom(outlook: Outlook, answer: GraphAnswer, askedFor: string): Kept | Failure {
  if (answer.answer === 'failed') return answer.failure;
  const row = isDone(answer) ? rowFrom(answer.body) : null;
  if (row === null) {
    const failure = failureFrom(answer, outlook.client.nowMs());
    if (failure.kind !== 'refused') return failure;
    const advice = 'check that Microsoft can reach WEBHOOK_URL; until then changes are found by polling';
    return { ...failure, reason: `${failure.reason.slice(0, -1)}; ${advice}.` };
  }
  return { subscriptionId: row.id, expiresAt: textFrom(row['expirationDateTime']) ?? askedFor };
}
