import { expect } from 'vitest';
import { call, type Answer } from './call.ts';

export type OutlookEvent = Readonly<{
  id: string;
  subject: string;
  iCalUId: string;
  isOrganizer: boolean;
  categories: string[];
  attendees: { emailAddress: { address: string }; status: { response: string } }[];
  start: { dateTime: string; timeZone: string };
  end: { dateTime: string; timeZone: string };
  location: { displayName: string };
  body: { content: string };
  [property: string]: unknown;
}>;
type OutlookTask = Readonly<{
  id: string;
  title: string;
  categories: string[];
  [property: string]: unknown;
}>;

/** A person at work in the Outlook calendar and in To Do: plain Graph calls with their own token. */
export type Calendar = Readonly<{
  events: () => Promise<OutlookEvent[]>;
  /** The one with this subject; fails when there is none or more than one. */
  event: (subject: string) => Promise<OutlookEvent>;
  add: (event: Record<string, unknown>) => Promise<OutlookEvent>;
  change: (id: string, change: Record<string, unknown>) => Promise<void>;
  remove: (id: string) => Promise<void>;
  respond: (id: string, answer: 'accept' | 'decline' | 'tentativelyAccept') => Promise<void>;
  /** The occurrences of a series between two days, in the person's zone. */
  instances: (id: string, from: string, to: string) => Promise<OutlookEvent[]>;
  tasks: () => Promise<OutlookTask[]>;
  task: (title: string) => Promise<OutlookTask>;
  addTask: (task: Record<string, unknown>) => Promise<OutlookTask>;
  changeTask: (id: string, change: Record<string, unknown>) => Promise<void>;
  removeTask: (id: string) => Promise<void>;
  graph: (method: string, path: string, body?: unknown) => Promise<Answer>;
}>;

export function calendarOf(sandboxUrl: string, mailbox: string, token: string): Calendar {
  const base = `${sandboxUrl}/graph/v1.0/users/${mailbox}`;
  const headers = { prefer: 'outlook.body-content-type="text", IdType="ImmutableId"' };
  const graph = (method: string, path: string, body?: unknown) =>
    call(`${base}${path}`, { method, body, token, headers });
  const list = async <Row>(path: string): Promise<Row[]> => {
    const answer = await graph('GET', path);
    expect(answer.status, answer.text).toBe(200);
    return (answer.json as { value: Row[] }).value;
  };
  const sent = async (method: string, path: string, { status, body }: Sending): Promise<unknown> => {
    const answer = await graph(method, path, body);
    expect(answer.status, answer.text).toBe(status);
    return answer.json;
  };
  const events = () => list<OutlookEvent>('/events?$top=500');
  const tasksPath = async () => {
    const [main] = (await list<{ id: string; wellknownListName: string }>('/todo/lists')).filter(
      (one) => one.wellknownListName === 'defaultList',
    );
    return `/todo/lists/${main?.id}/tasks`;
  };
  const tasks = async () => list<OutlookTask>(`${await tasksPath()}?$top=500`);
  return {
    graph,
    events,
    event: async (subject) => {
      const found = (await events()).filter((one) => one.subject === subject);
      expect(found.length, `events "${subject}" in ${mailbox}`).toBe(1);
      return found[0] as OutlookEvent;
    },
    add: async (event) => (await sent('POST', '/events', { status: 201, body: event })) as OutlookEvent,
    change: async (id, change) => void (await sent('PATCH', `/events/${id}`, { status: 200, body: change })),
    remove: async (id) => void (await sent('DELETE', `/events/${id}`, { status: 204 })),
    respond: async (id, answer) =>
      void (await sent('POST', `/events/${id}/${answer}`, { status: 202, body: { sendResponse: true } })),
    instances: (id, from, to) =>
      list(`/events/${id}/instances?startDateTime=${from}T00:00:00&endDateTime=${to}T00:00:00&$top=200`),
    tasks,
    task: async (title) => {
      const found = (await tasks()).filter((one) => one.title === title);
      expect(found.length, `tasks "${title}" in ${mailbox}`).toBe(1);
      return found[0] as OutlookTask;
    },
    addTask: async (task) =>
      (await sent('POST', await tasksPath(), { status: 201, body: task })) as OutlookTask,
    changeTask: async (id, change) =>
      void (await sent('PATCH', `${await tasksPath()}/${id}`, { status: 200, body: change })),
    removeTask: async (id) => void (await sent('DELETE', `${await tasksPath()}/${id}`, { status: 204 })),
  };
}

type Sending = Readonly<{ status: number; body?: unknown }>;

/** A day some days from today, `YYYY-MM-DD`. */
export function inDays(days: number): string {
  return Temporal.Now.plainDateISO('UTC').add({ days }).toString();
}

/** Start and end of an event as Graph takes them. */
export function at(day: string, from: string, to: string, zone = 'Europe/Berlin') {
  return {
    start: { dateTime: `${day}T${from}:00`, timeZone: zone },
    end: { dateTime: `${day}T${to}:00`, timeZone: zone },
  };
}

/** Attendees as Graph takes them. */
export function inviting(...addresses: readonly string[]) {
  return {
    attendees: addresses.map((address) => ({ emailAddress: { address, name: address }, type: 'required' })),
  };
}

/** Planned and Planned Completion as Siebel takes them, in the zone of who writes. */
export function planned(day: string, from: string, to: string) {
  const [year, month, date] = day.split('-');
  return {
    Planned: `${month}/${date}/${year} ${from}:00`,
    'Planned Completion': `${month}/${date}/${year} ${to}:00`,
  };
}
