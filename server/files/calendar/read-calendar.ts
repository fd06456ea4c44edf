import { decode, detectEncoding, type Encoding } from '../encoding.ts';
import { propertyOf, valueOf } from './component-values.ts';
import { componentsIn, type Component, type LineNote } from './components.ts';
import { appointmentsOf, type AppointmentRead, type EventReading } from './series.ts';
import { taskFrom, type TaskRead } from './task.ts';
import { createZones, zoneNamed } from './zones.ts';

type CalendarFile = Readonly<{
  /** Only for messages: what the file is shows in its content. */
  name: string;
  bytes: Uint8Array;
  /** IANA zone of the mailbox, for times without one. */
  zone: string;
  /** Today, `YYYY-MM-DD`: around it occurrences are made one by one where Outlook has no such series. */
  today: string;
}>;

export type CalendarFileRead = Readonly<{
  encoding: Encoding;
  appointments: readonly AppointmentRead[];
  tasks: readonly TaskRead[];
  /** What was left out, by line. */
  problems: readonly LineNote[];
  /** What was read in another way than it is written, by line. */
  remarks: readonly LineNote[];
}>;

/** A file that holds no calendar at all. */
export class CalendarFileError extends Error {}

/** The widest span of single occurrences, and their number: about what people look at. */
const daysBack = 365;
const daysAhead = 730;
const mostTimes = 400;

/**
 * The appointments, series and tasks of a person's own export (iCalendar, RFC 5545), as Outlook, Google and Apple write it.
 * What cannot be read is in `problems` by line, and nothing else is lost with it. Throws a CalendarFileError for a file that
 * is no calendar.
 */
export function readCalendarFile({ name, bytes, zone, today }: CalendarFile): CalendarFileRead {
  const encoding = detectEncoding(bytes);
  const { roots, ...notes } = componentsIn(decode(bytes, encoding.name));
  const calendars = roots.filter((root) => root.name === 'VCALENDAR');
  const parts = [
    ...calendars.flatMap(({ children }) => children),
    ...roots.filter((root) => root.name !== 'VCALENDAR'),
  ];
  if (!parts.some((part) => part.name in kinds) && calendars.length === 0) {
    throw new CalendarFileError(`${name} holds no calendar (no line BEGIN:VCALENDAR). ${adviceOn(bytes)}`);
  }
  const problems = [...notes.problems];
  const remarks = [...notes.remarks];
  const reading: EventReading = {
    zones: zonesOf(calendars, parts, { zone, today }),
    bounds: boundsAround(today),
    isOutlook: calendars.some((calendar) => /microsoft/i.test(valueOf(calendar, 'prodid') ?? '')),
    problem: (note) => void problems.push(note),
    remark: (note) => void remarks.push(note),
  };
  for (const { name, line } of parts) if (!(name in kinds)) problems.push({ line, reason: noPlace(name) });
  const events = parts.filter((part) => part.name === 'VEVENT');
  const groups = Map.groupBy(events, uidOf).values();
  const appointments = [...groups].flatMap((group) => safely(group, reading, appointmentsOf));
  const todos = parts.filter((part) => part.name === 'VTODO' && propertyOf(part, 'recurrence-id') === null);
  const tasks = todos.flatMap((todo) => safely([todo], reading, () => [taskFrom(todo, reading)]));
  return { encoding, appointments, tasks, problems: byLine(problems), remarks: byLine(remarks) };
}

/** What a calendar holds that has a place in Outlook, or says something about what has. */
const kinds = { VEVENT: true, VTODO: true, VTIMEZONE: true };

/** Google hands out calendars in a ZIP archive. */
function adviceOn(bytes: Uint8Array): string {
  const isArchive = bytes[0] === 0x50 && bytes[1] === 0x4b;
  return isArchive
    ? 'It is a ZIP archive: unpack it and name one of the .ics files in it.'
    : 'Export the calendar as an iCalendar file (.ics) and try again.';
}

function noPlace(name: string): string {
  return `A ${name} has no place in a mailbox's calendar or tasks.`;
}

/** An export may name the zone of its calendar; it holds for times without one. */
function zonesOf(
  calendars: readonly Component[],
  parts: readonly Component[],
  { zone, today }: Readonly<{ zone: string; today: string }>,
) {
  const named = calendars.map((calendar) => zoneNamed(valueOf(calendar, 'x-wr-timezone') ?? ''));
  const definitions = parts.filter(({ name }) => name === 'VTIMEZONE');
  const preferred = named.find((one) => one !== null) ?? zone;
  return createZones(definitions, { preferred, year: Number(today.slice(0, 4)) });
}

function boundsAround(today: string) {
  const day = Temporal.PlainDate.from(today);
  const from = day.subtract({ days: daysBack }).toString();
  return { from, to: day.add({ days: daysAhead }).toString(), most: mostTimes };
}

/** Events without a UID are nobody's series. */
function uidOf(event: Component): string {
  return valueOf(event, 'uid') ?? `line ${event.line}`;
}

/** Dates can be beyond what calendars reckon with; such a component costs itself and no other. */
function safely<Read>(
  components: readonly Component[],
  reading: EventReading,
  read: (components: readonly Component[], reading: EventReading) => readonly Read[],
): readonly Read[] {
  try {
    return read(components, reading);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const line = components[0]?.line ?? 1;
    reading.problem({ line, reason: 'Its dates are beyond every calendar.' });
    return [];
  }
}

function byLine(notes: readonly LineNote[]): readonly LineNote[] {
  return notes.toSorted((one, other) => one.line - other.line);
}
