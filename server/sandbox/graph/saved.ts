import { isObject } from './call.ts';
import type { Graph, Mailbox } from './state.ts';
import { keepSubscription, type Subscription, type Subscriptions } from './subscription.ts';

type SavedGraph = Readonly<{ mailboxes: readonly Mailbox[]; subscriptions: readonly Subscription[] }>;

/** Everything that must outlive a restart; mailboxes and subscriptions point at each other, so they travel together. */
export function savedGraph(graph: Graph, subscriptions: Subscriptions): SavedGraph {
  return { mailboxes: [...graph.byUserId.values()], subscriptions: [...subscriptions.byId.values()] };
}

/** Puts back what `savedGraph` gave, into a stand-in that is empty. */
export function restoreGraph(graph: Graph, all: Subscriptions, saved: unknown): void {
  if (!isSavedGraph(saved)) throw new Error('What was saved of Graph is of another shape.');
  const { mailboxes, subscriptions } = saved;
  for (const mailbox of mailboxes) {
    graph.byUserId.set(mailbox.userId, mailbox);
    for (const address of [mailbox.address, ...mailbox.aliases]) graph.byAddress.set(address, mailbox);
  }
  for (const subscription of subscriptions) keepSubscription(all, subscription);
}

const isSavedGraph = (saved: unknown): saved is SavedGraph =>
  isObject(saved) && Array.isArray(saved['mailboxes']) && Array.isArray(saved['subscriptions']);
