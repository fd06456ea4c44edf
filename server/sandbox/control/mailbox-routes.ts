import type { WireAnswer } from '../wire.ts';
import { DeskError, objectFrom, textFrom, type Sandbox } from './desk-input.ts';

/** `POST /sandbox/mailboxes/{mailbox}/…`: what happens to a mailbox outside Graph. Null for any other address. */
export function mailboxAnswer(sandbox: Sandbox, key: string, body: unknown): WireAnswer | null {
  const match = /^POST \/mailboxes\/([^/]+)\/(archive|restore|new-ids|aliases)$/.exec(key);
  if (!match) return null;
  const [, mailbox = '', action = ''] = match;
  if (sandbox.world.people.byMailbox(mailbox) === null) {
    throw new DeskError(404, `There is no mailbox ${mailbox}.`);
  }
  return actions[action]?.(sandbox, mailbox, body) ?? null;
}

type Action = (sandbox: Sandbox, mailbox: string, body: unknown) => WireAnswer;

const actions: Readonly<Record<string, Action>> = {
  archive: ({ graph }, mailbox, body) => {
    const id = textFrom(objectFrom(body), 'id');
    if (!graph.control.archive(mailbox, id))
      throw new DeskError(404, 'There is no such item in the mailbox.');
    return { status: 200, body: { id } };
  },
  restore: ({ graph }, mailbox, body) => {
    const id = graph.control.restore(mailbox, textFrom(objectFrom(body), 'id'));
    if (id === null) throw new DeskError(404, 'There is no such deleted or archived item.');
    return { status: 200, body: { id } };
  },
  'new-ids': ({ graph }, mailbox) => {
    graph.control.newIds(mailbox);
    return { status: 200, body: { mailbox } };
  },
  aliases: ({ graph, world }, mailbox, body) => {
    if (!Array.isArray(body)) throw new DeskError(400, 'A list of mail addresses was expected.');
    const aliases = body.map((address) => String(address).toLowerCase());
    const owner = world.people.byMailbox(mailbox);
    graph.control.aliases(mailbox, aliases);
    if (owner !== null) world.people.setAliases(owner.mailbox, aliases);
    return { status: 200, body: { mailbox, aliases } };
  },
};
