/* oxlint-disable typescript/no-unsafe-type-assertion -- a test names its own things */
import type { Domain } from '../../shared/domain.ts';
import type { Ref } from '../../server/core/snapshot.ts';
import { createHttp, type HttpRequest } from '../../server/connectors/http.ts';
import { objectFrom } from '../../server/connectors/graph/wire.ts';
import { startSandbox } from '../../server/sandbox/sandbox.ts';
import { contractOf, type ContractWorld } from './contract.ts';
import { appointmentSample, taskSample, visit } from './contract-samples.ts';
import { connectorOf, holdersIn } from './graph-world.ts';

/** Where a person's own items of a domain lie, and how the sample's word is written there. */
const hands: Readonly<
  Record<Domain, Readonly<{ path: (ref: Ref) => string; word: (text: string) => unknown }>>
> = {
  contact: { path: (ref) => `contacts/${encodeURIComponent(ref)}`, word: (text) => ({ jobTitle: text }) },
  appointment: {
    path: (ref) => `events/${encodeURIComponent(ref)}`,
    word: (text) => ({ location: { displayName: text } }),
  },
  task: {
    path: (ref) => {
      const [list = '', task = ''] = ref.split('/');
      return `todo/lists/${encodeURIComponent(list)}/tasks/${encodeURIComponent(task)}`;
    },
    word: (text) => ({ title: text }),
  },
};

/** Outlook as the contract sees it: the hand of the mailbox's owner works with a token of her own. */
async function openOutlook(domain: Domain): Promise<ContractWorld> {
  const sandbox = await startSandbox({ port: 0 });
  const http = createHttp({ concurrency: 4, timeoutMs: 10_000, clock: { now: () => 0 } });
  const ask = async (
    method: HttpRequest['method'],
    path: string,
    more: { body?: unknown; token?: string },
  ) => {
    const { body, token } = more;
    const answer = await http.request({
      method,
      url: sandbox.url + path,
      headers: {
        'content-type': 'application/json',
        prefer: 'IdType="ImmutableId"',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (answer.answer === 'failed' || answer.status >= 300) throw new Error(JSON.stringify(answer));
    return answer.json;
  };
  const people = [
    { login: 'ANA', firstName: 'Ana', lastName: 'A', mailbox: 'ana@example.com', timeZone: 'UTC' },
  ];
  const [holder] = holdersIn(await ask('POST', '/sandbox/users', { body: people }));
  if (holder === undefined) throw new Error('The sandbox made nobody.');
  const signedIn = await ask('POST', '/sandbox/token', { body: { mailbox: holder.mailbox, for: 'graph' } });
  const token = String(objectFrom(signedIn)?.['access_token']);
  const connector = connectorOf(sandbox.url);
  const feeds = await connector.feeds(holder, domain, []);
  const mine = (ref: Ref) => `/graph/v1.0/me/${hands[domain].path(ref)}`;
  return {
    connector,
    holder,
    feed: { holder, feed: 'kind' in feeds ? '' : (feeds[0] ?? '') },
    hand: {
      edit: async (ref, text) =>
        void (await ask('PATCH', mine(ref), { body: hands[domain].word(text), token })),
      delete: async (ref) => void (await ask('DELETE', mine(ref), { token })),
    },
    tellsStale: true,
    feedsDeletions: true,
    leave: 'unmark',
    refusedItem: domain === 'appointment' ? { ...visit(0), timeSlot: null } : null,
    close: async () => {
      await connector.close();
      await http.close();
      await sandbox.close();
    },
  };
}

contractOf("Outlook's contacts", () => openOutlook('contact'));
contractOf("Outlook's calendar", () => openOutlook('appointment'), appointmentSample);
contractOf('To Do', () => openOutlook('task'), taskSample);
