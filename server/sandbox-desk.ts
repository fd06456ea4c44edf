/* oxlint-disable typescript/no-unsafe-type-assertion -- the answers of our own sandbox, whose shapes its tests hold */
import type { Contact } from '../shared/contact.ts';
import type { Http } from './connectors/http.ts';
import { outlookFromContact } from './files/outlook-contact.ts';
import {
  putCalendar,
  zoneOfMailbox,
  type AskAs,
  type CalendarLoad,
  type Refusal,
} from './sandbox-calendar.ts';

/**
 * What `npm start` asks of the sandbox it started: its employees, and what a person exported put into their
 * mailbox as they would put it there themselves.
 */
export type Desk = Readonly<{
  reset: (seed: 'empty' | 'demo') => Promise<void>;
  employees: () => Promise<readonly Readonly<{ login: string; mailbox: string }>[]>;
  addContacts: (load: ContactLoad) => Promise<readonly Readonly<{ index: number; reason: string }>[]>;
  /** IANA zone of a mailbox. */
  zoneOf: (mailbox: string) => Promise<string>;
  addCalendar: (load: CalendarLoad) => Promise<readonly Refusal[]>;
}>;

type ContactLoad = Readonly<{
  mailbox: string;
  contacts: readonly Contact[];
  category: string;
  tell: (done: number) => void;
}>;

const batchSize = 20;

export function deskOf(sandboxUrl: string, http: Http): Desk {
  const ask = async (path: string, body: unknown, token: string | null = null): Promise<unknown> => {
    const answer = await http.request({
      method: body === undefined ? 'GET' : 'POST',
      url: `${sandboxUrl}${path}`,
      headers: {
        'content-type': 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (answer.answer === 'failed') throw new Error(`The sandbox does not answer: ${answer.failure.reason}`);
    if (answer.status >= 400) throw new Error(`The sandbox refused ${path} with ${answer.status}.`);
    return answer.json;
  };
  const askAs = async (mailbox: string): Promise<AskAs> => {
    const { access_token } = (await ask('/sandbox/token', { mailbox, for: 'graph' })) as {
      access_token: string;
    };
    return (path, body) => ask(path, body, access_token);
  };
  return {
    reset: async (seed) => void (await ask('/sandbox/reset', { seed })),
    employees: async () => {
      const users = (await ask('/sandbox/users', undefined)) as { login: string | null; mailbox: string }[];
      return users.flatMap(({ login, mailbox }) => (login === null ? [] : [{ login, mailbox }]));
    },
    addContacts: async (load) => putContacts(await askAs(load.mailbox), load),
    zoneOf: async (mailbox) => zoneOfMailbox(await askAs(mailbox), mailbox),
    addCalendar: async (load) => putCalendar(await askAs(load.mailbox), load),
  };
}

async function putContacts(ask: AskAs, { mailbox, contacts, category, tell }: ContactLoad) {
  const refused: { index: number; reason: string }[] = [];
  for (let start = 0; start < contacts.length; start += batchSize) {
    const requests = contacts.slice(start, start + batchSize).map((contact, index) => ({
      id: String(start + index),
      method: 'POST',
      url: `/users/${mailbox}/contacts`,
      headers: { 'content-type': 'application/json' },
      body: marked(outlookFromContact(contact), category),
    }));
    const { responses } = (await ask('/graph/v1.0/$batch', { requests })) as { responses: BatchAnswer[] };
    for (const { id, status, body } of responses) {
      if (status >= 400)
        refused.push({ index: Number(id), reason: body?.error?.message ?? `status ${status}` });
    }
    tell(Math.min(contacts.length, start + batchSize));
  }
  return refused;
}

type BatchAnswer = Readonly<{ id: string; status: number; body?: { error?: { message?: string } } }>;

/** The person's own export is what they want to see synced: each contact gets the category that asks for it. */
function marked(contact: Readonly<Record<string, unknown>>, category: string): Record<string, unknown> {
  const own = Array.isArray(contact['categories']) ? contact['categories'] : [];
  return { ...contact, categories: [...own, category] };
}
