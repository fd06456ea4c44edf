import { isJson, rowsOf, textAt, type Json } from '../wire.ts';
import type { Folder, Values } from './folder.ts';

const dayMs = 86_400_000;
const daysBack = 1;
const daysAhead = 21;

const dayNames = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
});

/** The coming three weeks, occurrences one by one, in the person's own time. */
export const calendar: Folder = {
  name: 'calendar',
  title: 'Calendar',
  newLabel: 'New appointment',
  list: async (graph, now) => {
    const from = new Date(now.getTime() - daysBack * dayMs).toISOString();
    const to = new Date(now.getTime() + daysAhead * dayMs).toISOString();
    const range = new URLSearchParams({ startDateTime: from, endDateTime: to, $top: '200' });
    const rows = await graph.rows(`/calendarView?${range.toString()}`);
    return rows.toSorted((one, other) => startOf(one).localeCompare(startOf(other)));
  },
  labelOf: (item) => textAt(item, 'subject') || '(no subject)',
  detailOf: (item) => [timeSpan(item), textAt(item, 'location', 'displayName')].filter(Boolean).join(' · '),
  groupOf: (item) => dayNames.format(new Date(`${startOf(item).slice(0, 10)}T00:00:00Z`)),
  isEditable: (item) => item['isOrganizer'] !== false,
  fields: [
    [{ name: 'subject', label: 'Subject', type: 'text', isRequired: true }],
    [
      { name: 'date', label: 'Date', type: 'date', isRequired: true },
      { name: 'from', label: 'From', type: 'time' },
      { name: 'to', label: 'To', type: 'time' },
      { name: 'allDay', label: 'All day', type: 'checkbox' },
    ],
    [{ name: 'location', label: 'Location', type: 'text' }],
    [{ name: 'guests', label: 'Guests (addresses, comma between)', type: 'text' }],
    [{ name: 'notes', label: 'Notes', type: 'textarea' }],
  ],
  valuesOf: (item, now) => ({
    subject: textAt(item, 'subject'),
    date: startOf(item).slice(0, 10) || now.toISOString().slice(0, 10),
    from: item === null ? '09:00' : startOf(item).slice(11, 16),
    to: item === null ? '10:00' : textAt(item, 'end', 'dateTime').slice(11, 16),
    allDay: item?.['isAllDay'] === true ? 'yes' : '',
    location: textAt(item, 'location', 'displayName'),
    guests: guestsOf(item).join(', '),
    notes: textAt(item, 'body', 'content').trim(),
  }),
  bodyOf: (values) => ({
    subject: values['subject'],
    ...timesOf(values),
    location: { displayName: values['location'] },
    attendees: (values['guests'] ?? '')
      .split(/[,;\s]+/)
      .filter(Boolean)
      .map((address) => ({ emailAddress: { address, name: address }, type: 'required' })),
    body: { contentType: 'text', content: values['notes'] },
  }),
  place: '/events',
  pathOf: (item) => `/events/${encodeURIComponent(textAt(item, 'id'))}`,
};

/** The zone of a wall time as Graph gave it is the zone it goes back in. */
let zone = 'UTC';

function startOf(item: Json | null): string {
  zone = textAt(item, 'start', 'timeZone') || zone;
  return textAt(item, 'start', 'dateTime');
}

/** The zone new appointments are made in. */
export function useZone(name: string): void {
  zone = name;
}

function timesOf(values: Values): Json {
  const { date = '', from = '', to = '', allDay } = values;
  if (allDay) {
    const next = new Date(Date.parse(`${date}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);
    return { isAllDay: true, start: at(`${date}T00:00:00`), end: at(`${next}T00:00:00`) };
  }
  return { isAllDay: false, start: at(`${date}T${from}:00`), end: at(`${date}T${to}:00`) };
}

function at(dateTime: string): Json {
  return { dateTime, timeZone: zone };
}

function timeSpan(item: Json): string {
  if (item['isAllDay'] === true) return 'All day';
  return `${startOf(item).slice(11, 16)}–${textAt(item, 'end', 'dateTime').slice(11, 16)}`;
}

function guestsOf(item: Json | null): readonly string[] {
  return isJson(item) ? rowsOf(item['attendees']).map((one) => textAt(one, 'emailAddress', 'address')) : [];
}
