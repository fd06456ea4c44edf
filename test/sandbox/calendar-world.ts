import { expect } from 'vitest';
import { ana, asBody, startGraph, textOf, type Body, type GraphWorld } from './graph-world.ts';

export const chen = 'chen@example.com';
export const guest = 'guest@outside.example';

export type CalendarWorld = GraphWorld &
  Readonly<{
    /** Ana's new event: an hour on 10 March 2027 from nine, Berlin time, unless the body says otherwise. */
    newEvent: (body?: Body, mailbox?: string) => Promise<Body>;
    patch: (event: Body, body: Body, mailbox?: string) => Promise<Body>;
    get: (event: Body, query?: string, mailbox?: string) => Promise<Body>;
    /** What lies in somebody's calendar from March to May 2027. */
    view: (mailbox: string, query?: string) => Promise<readonly Body[]>;
    /** The mails since the last look, as `kind to, to: subject`. */
    mails: () => readonly string[];
    switchOn: (name: string) => void;
  }>;

/** The Graph stand-in with the calendars of Ana, Bruno and Chen. */
export function startCalendar(): CalendarWorld {
  const graph = startGraph();
  const { call, world } = graph;
  graph.graph.addUser({
    mailbox: chen,
    displayName: 'Chen',
    givenName: 'Chen',
    surname: 'Test',
    timeZone: 'Europe/Berlin',
  });
  let seen = 0;
  const done = async (status: number, reply: ReturnType<GraphWorld['call']>) => {
    const { body, ...rest } = await reply;
    expect({ status: rest.status, body }).toMatchObject({ status });
    return body;
  };
  return {
    ...graph,
    newEvent: (body = {}, mailbox = ana) =>
      done(201, call('POST', `/users/${mailbox}/events`, { body: { ...hour(), ...body } })),
    patch: (event, body, mailbox = ana) => done(200, call('PATCH', eventPath(event, mailbox), { body })),
    get: (event, query = '', mailbox = ana) => done(200, call('GET', `${eventPath(event, mailbox)}${query}`)),
    view: async (mailbox, query = '') =>
      (await call('GET', `/users/${mailbox}/calendarView?${spring}&$top=500${query}`)).rows,
    mails: () => {
      const all = world.outbox.all();
      const fresh = all.slice(seen).map(({ kind, to, subject }) => `${kind} ${to.join(', ')}: ${subject}`);
      seen = all.length;
      return fresh;
    },
    switchOn: (name) => world.switches.set(`graph.${name}`, true),
  };
}

export const spring = 'startDateTime=2027-03-01T00:00:00Z&endDateTime=2027-06-01T00:00:00Z';

export const eventPath = (event: Body, mailbox = ana) => `/users/${mailbox}/events/${textOf(event['id'])}`;

const berlin = 'W. Europe Standard Time';
export const at = (dateTime: string, timeZone = berlin) => ({ dateTime, timeZone });

const hour = () => ({
  subject: 'Review',
  start: at('2027-03-10T09:00:00'),
  end: at('2027-03-10T10:00:00'),
});

/** Mondays at nine in Berlin from 15 March 2027, over the change of clocks on the 28th. */
export const mondays = (numberOfOccurrences = 5): Body => ({
  subject: 'Weekly',
  start: at('2027-03-15T09:00:00'),
  end: at('2027-03-15T09:30:00'),
  recurrence: {
    pattern: { type: 'weekly', interval: 1, daysOfWeek: ['monday'], firstDayOfWeek: 'monday' },
    range: { type: 'numbered', startDate: '2027-03-15', numberOfOccurrences },
  },
});

export const invited = (...addresses: readonly string[]) => ({
  attendees: addresses.map((address) => ({ type: 'required', emailAddress: { address } })),
});

/** `start.dateTime` of an event to the minute. */
export const startOf = (event: Body | undefined): string =>
  textOf(asBody(event?.['start'])['dateTime']).slice(0, 16);

export const answersOf = (event: Body): readonly string[] => {
  const attendees = event['attendees'];
  return (Array.isArray(attendees) ? attendees : []).map((one) => {
    const { emailAddress, status } = asBody(one);
    return `${textOf(asBody(emailAddress)['address'])} ${textOf(asBody(status)['response'])}`;
  });
};
