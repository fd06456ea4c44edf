import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Policy } from '../shared/policy.ts';
import { mappingFromOptions } from './files/csv-columns.ts';
import { readCalendarFile } from './files/calendar/read-calendar.ts';
import { readContactFile, type ContactFileRead } from './files/read-contacts.ts';
import { say, sayOver } from './report.ts';
import type { Refusal } from './sandbox-calendar.ts';
import type { Desk } from './sandbox-desk.ts';

/** A person's own exports, which `npm start` puts into a mailbox of the sandbox. */
export type FileOptions = Readonly<{
  contacts: string | null;
  calendar: string | null;
  /** `Header=field` of a table of contacts. */
  mapping: readonly string[];
  today: string;
}>;

export type Load = Readonly<{
  contacts: ContactFileRead | null;
  calendar: Readonly<{ name: string; bytes: Uint8Array; today: string }> | null;
}>;

/** Files are read before anything is started, so that a wrong name or a broken file costs nobody a minute. */
export async function readFiles(options: FileOptions): Promise<Load> {
  return { contacts: await contactsIn(options), calendar: await calendarIn(options) };
}

async function contactsIn({ contacts: file, mapping }: FileOptions): Promise<ContactFileRead | null> {
  if (file === null) return null;
  const bytes = await bytesOf(file, 'Name a vCard (.vcf) or CSV file you exported.');
  const read = readContactFile({ name: basename(file), bytes, mapping: mappingFromOptions(mapping) });
  say(`${file}: ${read.format}, ${read.encoding.name}, ${read.contacts.length} contacts read.`);
  tellNotes(read);
  return read;
}

/** Times without a zone mean the mailbox's, so the notes wait until it is known. */
async function calendarIn({ calendar: file, today }: FileOptions): Promise<Load['calendar']> {
  if (file === null) return null;
  const bytes = await bytesOf(file, 'Name an iCalendar file (.ics) you exported.');
  const calendar = { name: basename(file), bytes, today };
  const { encoding, appointments, tasks } = readCalendarFile({ ...calendar, zone: 'UTC' });
  say(`${file}: iCalendar, ${encoding.name}, ${counted(appointments.length, tasks.length)} read.`);
  return calendar;
}

function bytesOf(file: string, advice: string): Promise<Buffer> {
  return readFile(file).catch((error: Error) => {
    throw new Error(`${file} cannot be read: ${error.message}. ${advice}`);
  });
}

type Notes = Readonly<Record<'problems' | 'remarks', readonly Readonly<{ line: number; reason: string }>[]>>;

function tellNotes({ problems, remarks }: Notes): void {
  for (const { line, reason } of problems) say(`  line ${line}: ${reason} Skipped.`);
  for (const { line, reason } of remarks) say(`  line ${line}: ${reason}`);
}

type Target = Readonly<{ desk: Desk; mailbox: string; policy: Policy }>;

export async function putFiles(load: Load, target: Target): Promise<void> {
  if (load.contacts !== null) await putContacts(load.contacts, target);
  if (load.calendar !== null) await putCalendarFile(load.calendar, target);
}

async function putContacts(read: ContactFileRead, { desk, mailbox, policy }: Target): Promise<void> {
  const contacts = read.contacts.map((one) => one.contact);
  const tell = (done: number): void => sayOver(`Putting them into ${mailbox}: ${done} of ${contacts.length}`);
  const { category } = policy.domains.contact;
  const refused = await desk.addContacts({ mailbox, contacts, category, tell });
  sayOver('');
  say(`Put ${contacts.length - refused.length} contacts into the mailbox of ${mailbox}.`);
  for (const { index, reason } of refused) tellRefusal(read.contacts[index]?.line ?? '?', reason);
}

async function putCalendarFile(
  calendar: NonNullable<Load['calendar']>,
  { desk, mailbox, policy }: Target,
): Promise<void> {
  const read = readCalendarFile({ ...calendar, zone: await desk.zoneOf(mailbox) });
  tellNotes(read);
  const total = read.appointments.length + read.tasks.length;
  const tell = (done: number): void => sayOver(`Putting them into ${mailbox}: ${done} of ${total}`);
  const { appointment, task } = policy.domains;
  const categories = { appointment: appointment.category, task: task.category };
  const refused = await desk.addCalendar({ mailbox, read, categories, tell });
  sayOver('');
  const lost = (what: Refusal['what']) => refused.filter((one) => one.what === what).length;
  const put = counted(read.appointments.length - lost('appointment'), read.tasks.length - lost('task'));
  const hasGuests = read.appointments.some((one) => one.appointment.attendees.length > 0);
  const uninvited = hasGuests
    ? ' Nobody was invited: who takes part is listed in the text of each meeting.'
    : '';
  say(`Put ${put} into the mailbox of ${mailbox}.${uninvited}`);
  for (const { line, reason } of refused) tellRefusal(line, reason);
}

function counted(appointments: number, tasks: number): string {
  const words = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
  const first = words(appointments, 'appointment or series', 'appointments and series');
  return `${first} and ${words(tasks, 'task', 'tasks')}`;
}

function tellRefusal(line: number | string, reason: string): void {
  say(`  line ${line}: Outlook refused it: ${reason} Skipped.`);
}
