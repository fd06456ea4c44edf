import { createMailbox } from './mailbox.ts';
import type { NewUser } from './side.ts';
import type { Graph, Mailbox } from './state.ts';

/** A person of the directory with a mailbox; an address that is there already answers the one it has. */
export function addUser(graph: Graph, user: NewUser): Readonly<{ userId: string }> {
  const existing = graph.byAddress.get(user.mailbox.toLowerCase());
  if (existing) return { userId: existing.userId };
  const mailbox = createMailbox(graph, user);
  graph.byUserId.set(mailbox.userId, mailbox);
  graph.byAddress.set(mailbox.address, mailbox);
  return { userId: mailbox.userId };
}

/** By object id, user principal name or any address, in any case. */
export const findUser = (graph: Graph, key: string): Mailbox | null =>
  graph.byUserId.get(key.toLowerCase()) ?? graph.byAddress.get(key.toLowerCase()) ?? null;

/** Puts further addresses in place of those a mailbox had; one that another mailbox has stays there. */
export function setAliases(graph: Graph, mailbox: Mailbox, addresses: readonly string[]): void {
  for (const alias of mailbox.aliases) graph.byAddress.delete(alias);
  mailbox.aliases = [...new Set(addresses.map((address) => address.toLowerCase()))].filter(
    (address) => !graph.byAddress.has(address),
  );
  for (const alias of mailbox.aliases) graph.byAddress.set(alias, mailbox);
}
