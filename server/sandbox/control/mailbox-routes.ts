import type { WireAnswer } from '../wire.ts';
import { Refusal } from '../graph/refusal.ts';
import type { ClientTask } from '../graph/side.ts';
import { isKnownZone } from '../graph/time-zones.ts';
import { DeskError, objectFrom, textFrom, type Body, type Sandbox } from './desk-input.ts';

/** `POST /sandbox/mailboxes/{mailbox}/…`: what happens to a mailbox outside Graph. Null for any other address. */
export function mailboxAnswer(sandbox: Sandbox, key: string, body: unknown): WireAnswer | null {
  const match =
    /^POST \/mailboxes\/([^/]+)\/(archive|restore|new-ids|aliases|tasks|invitations|cancellations|responses)$/.exec(
      key,
    );
  if (!match) return null;
  const [, mailbox = '', action = ''] = match;
  if (sandbox.world.people.byMailbox(mailbox) === null) {
    throw new DeskError(404, `There is no mailbox ${mailbox}.`);
  }
  return actions[action]?.(sandbox, mailbox, body) ?? null;
}

/** What Graph would refuse, the desk refuses. */
function readable<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof Refusal) throw new DeskError(400, error.message);
    throw error;
  }
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
  invitations: ({ graph }, mailbox, body) => ({
    status: 201,
    body: readable(() => graph.control.invite(mailbox, objectFrom(body))),
  }),
  cancellations: ({ graph }, mailbox, body) => {
    if (graph.control.callOff(mailbox, objectFrom(body))) return { status: 200, body: { mailbox } };
    throw new DeskError(404, 'There is no such meeting of another organiser in the mailbox.');
  },
  responses: ({ graph }, mailbox, body) => {
    const message = objectFrom(body);
    if (readable(() => graph.control.respond(mailbox, message))) return { status: 200, body: { mailbox } };
    throw new DeskError(404, 'The mailbox organises no such meeting, or the meeting has no such guest.');
  },
  aliases: ({ graph, world }, mailbox, body) => {
    if (!Array.isArray(body)) throw new DeskError(400, 'A list of mail addresses was expected.');
    const aliases = body.map((address) => String(address).toLowerCase());
    const owner = world.people.byMailbox(mailbox);
    graph.control.aliases(mailbox, aliases);
    if (owner !== null) world.people.setAliases(owner.mailbox, aliases);
    return { status: 200, body: { mailbox, aliases } };
  },
  tasks: ({ graph }, mailbox, body) => {
    const made = graph.control.addTask(mailbox, clientTaskFrom(objectFrom(body)));
    if (made === null) throw new DeskError(404, 'There is no such task list.');
    return { status: 201, body: made };
  },
};

/** `{ "title", "due": "2026-10-24", "writerZone", "list" }`, all but the title optional. */
function clientTaskFrom(body: Body): ClientTask {
  const optional = (name: string, standard: string) =>
    body[name] === undefined ? standard : textFrom(body, name);
  const due = optional('due', '');
  const writerZone = optional('writerZone', 'UTC');
  if (due !== '' && Number.isNaN(Date.parse(`${due}T00:00Z`))) {
    throw new DeskError(400, 'due is a date like 2026-10-24.');
  }
  if (!isKnownZone(writerZone)) throw new DeskError(400, `There is no time zone ${writerZone}.`);
  return {
    title: textFrom(body, 'title'),
    due: due === '' ? null : due,
    writerZone,
    list: optional('list', 'defaultList'),
  };
}
