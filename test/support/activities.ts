import { expect } from 'vitest';
import type { Siebel } from './siebel.ts';

type Activity = Readonly<Record<string, string>> & { Id: string };

/** A person at work with Siebel's activities. Times are `MM/DD/YYYY HH:mm:ss` in the person's own zone. */
export type Activities = Readonly<{
  add: (fields: Record<string, unknown>) => Promise<string>;
  /** An appointment in the calendar. */
  plan: (description: string, fields: Record<string, unknown>) => Promise<string>;
  /** A task in My Activities. */
  todo: (description: string, fields?: Record<string, unknown>) => Promise<string>;
  read: (id: string) => Promise<Activity | null>;
  /** The one with this description; fails when there is none or more than one. */
  one: (description: string) => Promise<Activity>;
  all: (searchspec: string) => Promise<Activity[]>;
  change: (id: string, fields: Record<string, string>) => Promise<void>;
  remove: (id: string) => Promise<void>;
  /** Logins of the employees on it, in order. */
  employees: (id: string) => Promise<string[]>;
  contacts: (id: string) => Promise<Activity[]>;
  link: (id: string, child: 'Employee' | 'Contact', farId: string) => Promise<void>;
  unlink: (id: string, child: 'Employee' | 'Contact', farId: string) => Promise<void>;
  exceptions: (id: string) => Promise<Activity[]>;
}>;

export function activitiesAs(siebel: Siebel, login: string): Activities {
  const mode = login === 'SADMIN' ? 'ViewMode=All&' : '';
  const path = 'Action/Action';
  const rows = async (place: string): Promise<Activity[]> => {
    const answer = await siebel.request('GET', place);
    if (answer.status === 404) return [];
    expect(answer.status, answer.text).toBe(200);
    return (answer.json as { items: Activity[] }).items;
  };
  const write = async (method: string, place: string, body?: unknown): Promise<void> => {
    const answer = await siebel.request(method, place, body);
    expect([200, 204], `${place}: ${answer.text}`).toContain(answer.status);
  };
  const add = async (fields: Record<string, unknown>): Promise<string> => {
    const answer = await siebel.request('POST', path, fields);
    expect(answer.status, answer.text).toBe(200);
    return (answer.json as { items: { Id: string } }).items.Id;
  };
  const all = (searchspec: string) =>
    rows(
      `${path}?${mode}uniformresponse=Y&PageSize=100&childlinks=None&searchspec=${encodeURIComponent(searchspec)}`,
    );
  const children = (id: string, child: string) =>
    rows(`${path}/${id}/${child}?${mode}uniformresponse=Y&PageSize=100`);
  return {
    add,
    plan: (description, fields) =>
      add({ Display: 'Calendar and Activities', Description: description, ...fields }),
    todo: (description, fields = {}) =>
      add({ Display: 'To Do and Activities', Description: description, ...fields }),
    read: async (id) => {
      const answer = await siebel.request('GET', `${path}/${id}?${mode}childlinks=None`);
      return answer.status === 200 ? (answer.json as Activity) : null;
    },
    one: async (description) => {
      const found = await all(`[Description]="${description}"`);
      expect(found.length, `activities called ${description}`).toBe(1);
      return found[0] as Activity;
    },
    all,
    change: (id, fields) => write('PUT', `${path}/${id}`, fields),
    remove: (id) => write('DELETE', `${path}/${id}`),
    employees: async (id) =>
      (await children(id, 'Employee')).map((row) => row['Login Name'] ?? '').toSorted(),
    contacts: (id) => children(id, 'Contact'),
    link: (id, child, farId) => write('PUT', `${path}/${id}/${child}`, { Id: farId }),
    unlink: (id, child, farId) => write('DELETE', `${path}/${id}/${child}/${farId}`),
    exceptions: (id) => children(id, 'Action Exception'),
  };
}
