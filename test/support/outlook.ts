import { expect } from 'vitest';
import { call } from './call.ts';

export type OutlookContact = Readonly<{ id: string; categories: string[]; [property: string]: unknown }>;

/** A person at work in Outlook: plain Graph calls with their own token. */
export type Outlook = Readonly<{
  contacts: () => Promise<OutlookContact[]>;
  /** The contact with this first name and last name; fails when there is none or more than one. */
  contact: (givenName: string, surname: string) => Promise<OutlookContact>;
  add: (contact: Record<string, unknown>) => Promise<OutlookContact>;
  change: (id: string, change: Record<string, unknown>) => Promise<void>;
  remove: (id: string) => Promise<void>;
  isPrivate: (id: string) => Promise<boolean>;
}>;

const sensitivity = 'Integer 0x36';
const expand = `$expand=singleValueExtendedProperties($filter=id eq '${sensitivity}')`;

export function outlookOf(sandboxUrl: string, mailbox: string, token: string): Outlook {
  const base = `${sandboxUrl}/graph/v1.0/users/${mailbox}`;
  const graph = (method: string, path: string, body?: unknown) =>
    call(`${base}${path}`, { method, body, token });
  const contacts = async (): Promise<OutlookContact[]> => {
    const answer = await graph('GET', '/contacts?$top=999');
    expect(answer.status, answer.text).toBe(200);
    return (answer.json as { value: OutlookContact[] }).value;
  };
  return {
    contacts,
    contact: async (givenName, surname) => {
      const found = (await contacts()).filter(
        (one) => one['givenName'] === givenName && one['surname'] === surname,
      );
      expect(found.length, `${givenName} ${surname} in ${mailbox}`).toBe(1);
      return found[0] as OutlookContact;
    },
    add: async (contact) => {
      const answer = await graph('POST', '/contacts', contact);
      expect(answer.status, answer.text).toBe(201);
      return answer.json as OutlookContact;
    },
    change: async (id, change) => {
      const answer = await graph('PATCH', `/contacts/${id}`, change);
      expect(answer.status, answer.text).toBe(200);
    },
    remove: async (id) => expect((await graph('DELETE', `/contacts/${id}`)).status).toBe(204),
    isPrivate: async (id) => {
      const answer = await graph('GET', `/contacts/${id}?${expand}`);
      const properties = (answer.json as { singleValueExtendedProperties?: { value: string }[] })
        .singleValueExtendedProperties;
      return properties?.[0]?.value === '2';
    },
  };
}
