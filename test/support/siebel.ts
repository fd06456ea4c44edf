import { expect } from 'vitest';
import { call, type Answer } from './call.ts';

type SiebelRow = Readonly<Record<string, string>> & { Id: string };

/** A person at work in Siebel: plain REST calls with their own login (`SADMIN` sees everything). */
export type Siebel = Readonly<{
  /** Creates a contact and answers its row id. */
  addContact: (fields: Record<string, string>) => Promise<string>;
  contact: (id: string) => Promise<SiebelRow | null>;
  contacts: (searchspec: string) => Promise<SiebelRow[]>;
  change: (id: string, fields: Record<string, string>) => Promise<void>;
  remove: (id: string) => Promise<void>;
  /** Puts employees on a record's Sync List, or takes them off. */
  list: (id: string, employeeIds: string[], component?: string) => Promise<void>;
  unlist: (id: string, employeeId: string, component?: string) => Promise<void>;
  members: (id: string) => Promise<string[]>;
  addAccount: (name: string, location?: string) => Promise<string>;
  request: (method: string, path: string, body?: unknown) => Promise<Answer>;
}>;

export function siebelAs(sandboxUrl: string, login: string): Siebel {
  const authorization = `Basic ${Buffer.from(`${login}:${login}`).toString('base64')}`;
  const request = (method: string, path: string, body?: unknown) =>
    call(`${sandboxUrl}/siebel/v1.0/data/${path}`, { method, body, headers: { authorization } });
  const mode = login === 'SADMIN' ? 'ViewMode=All&' : '';
  const rows = async (path: string): Promise<SiebelRow[]> => {
    const answer = await request('GET', path);
    if (answer.status === 404) return [];
    expect(answer.status, answer.text).toBe(200);
    return (answer.json as { items: SiebelRow[] }).items;
  };
  const add = async (component: string, fields: Record<string, string>): Promise<string> => {
    const answer = await request('POST', `${component}/${component}`, fields);
    expect(answer.status, answer.text).toBe(200);
    return (answer.json as { items: { Id: string } }).items.Id;
  };
  const write = async (method: string, path: string, body?: unknown): Promise<void> => {
    const answer = await request(method, path, body);
    expect([200, 204], `${path}: ${answer.text}`).toContain(answer.status);
  };
  return {
    request,
    addContact: (fields) => add('Contact', fields),
    addAccount: (name, location) =>
      add('Account', { Name: name, ...(location === undefined ? {} : { Location: location }) }),
    contact: async (id) => {
      const answer = await request('GET', `Contact/Contact/${id}?${mode}childlinks=None`);
      return answer.status === 200 ? (answer.json as SiebelRow) : null;
    },
    contacts: (searchspec) =>
      rows(
        `Contact/Contact?${mode}uniformresponse=Y&PageSize=100&childlinks=None&searchspec=${encodeURIComponent(searchspec)}`,
      ),
    change: (id, fields) => write('PUT', `Contact/Contact/${id}`, fields),
    remove: (id) => write('DELETE', `Contact/Contact/${id}`),
    list: async (id, employeeIds, component = 'Contact') => {
      for (const employeeId of employeeIds)
        await write('PUT', `${component}/${component}/${id}/Sync List`, { Id: employeeId });
    },
    unlist: (id, employeeId, component = 'Contact') =>
      write('DELETE', `${component}/${component}/${id}/Sync List/${employeeId}`),
    members: async (id) =>
      (await rows(`Contact/Contact/${id}/Sync List?${mode}uniformresponse=Y&PageSize=100`)).map(
        (row) => row['Login Name'] ?? '',
      ),
  };
}
