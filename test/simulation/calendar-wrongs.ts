import type { Policy } from '../../shared/policy.ts';
import type { MemoryMail } from '../../server/connectors/memory-calendar.ts';
import type { MemoryRecord } from '../../server/connectors/memory-records.ts';
import { colleague } from '../support/appointments.ts';
import { mailboxOf, titleOf } from '../support/memory-items.ts';
import { isAppointment, isTask } from '../../shared/item.ts';
import type { CalendarOffice } from './calendar-people.ts';

/** What is wrong with calendars, task lists and the outbox now that everything is at rest. */
export function calendarWrongsOf(office: CalendarOffice, policy: Policy, journal: string): string[] {
  return [
    ...twins(office),
    ...missing(office),
    ...lostEdits(office, policy, journal),
    ...shownSecrets(office),
    ...wrongMails(office, policy),
  ];
}

function twins({ world, split }: CalendarOffice): string[] {
  const { siebel, exchange } = world.sides.rows;
  const places = [
    ...siebel.all().map((record) => `${titleOf(record)} in Siebel`),
    ...exchange.all().map((record) => `${titleOf(record)} of ${record.personId}`),
  ].filter((place) => !place.startsWith('Private appointment') && !split.has(place.split(' ')[0] ?? ''));
  return [...Map.groupBy(places, (place) => place)].flatMap(([place, all]) =>
    all.length > 1 ? [`${all.length} of ${place}`] : [],
  );
}

/** Whoever is on a record of Siebel has it in Outlook, and whoever has something in Outlook has it in Siebel. */
function missing({ world, logins, moved }: CalendarOffice): string[] {
  const { siebel, exchange } = world.sides.rows;
  const isHeld = (rows: readonly MemoryRecord[], title: string, is: (record: MemoryRecord) => boolean) =>
    moved.has(title) || rows.some((record) => titleOf(record) === title && is(record));
  const noCopy = siebel.all().flatMap((record) =>
    record.members.flatMap((login) => {
      const { personId } = mailboxOf(world, login);
      const title = titleOf(record);
      return isHeld(exchange.all(), title, (copy) => copy.personId === personId) || record.item.isPrivate
        ? []
        : [`${login} has no copy of ${title}`];
    }),
  );
  const noRecord = exchange.all().flatMap((copy) => {
    const login = logins.find((one) => mailboxOf(world, one).personId === copy.personId) ?? '';
    const isMember = (record: MemoryRecord) => record.members.some((member) => member === login);
    return isHeld(siebel.all(), titleOf(copy), isMember) || copy.item.isPrivate
      ? []
      : [`${login}’s ${titleOf(copy)} is not in Siebel`];
  });
  return [...noCopy, ...noRecord];
}

/** A lone edit is everywhere, unless it may not be told to guests, or is named where it was replaced. */
function lostEdits({ world, lone, moved, past }: CalendarOffice, policy: Policy, journal: string): string[] {
  const { siebel, exchange } = world.sides.rows;
  return [...lone].flatMap(([key, { token, by }]) => {
    const [title = '', field = ''] = key.split(' ');
    if (moved.has(title) || journal.includes(`"${token}"`)) return [];
    const holders = [...siebel.all(), ...exchange.all()].filter((record) => titleOf(record) === title);
    const isTold = ({ item, personId }: MemoryRecord) => {
      if (isTask(item) || personId === null) return true;
      if (!isAppointment(item)) return false;
      const isMailing = by !== personId && item.attendees.length > 0;
      return !isMailing || (policy.guestMail === 'always' && !past.has(title));
    };
    const lacking = holders.filter((record) => isTold(record) && textOf(record, field) !== token);
    const where = lacking.map((record) => `${record.ref} has ${textOf(record, field)}`);
    return where.length === 0 ? [] : [`${key} of ${by} lost ${token}: ${where.join(', ')}`];
  });
}

function textOf({ item }: MemoryRecord, field: string): string | null {
  if (isTask(item)) return item.body;
  if (!isAppointment(item)) return null;
  return field === 'body' ? item.body : item.location;
}

function shownSecrets({ world, secrets }: CalendarOffice): string[] {
  const shown = JSON.stringify(world.sides.rows.siebel.all());
  return [...secrets].filter((secret) => shown.includes(secret)).map((secret) => `Siebel shows ${secret}`);
}

/** Of our own doing are only mails the policy allows: never about the past or what a first load found, and never twice. */
function wrongMails({ world, logins, old, past }: CalendarOffice, { guestMail }: Policy): string[] {
  const colleagues = new Set(logins.map((login) => colleague(login).address));
  const outbox = world.sides.calendar.outbox();
  const ours = outbox.filter(({ by }) => by === 'sync');
  const wrong = ours.flatMap((mail): string[] => {
    const told = `${mail.kind} to ${mail.to.join(', ')} about ${titleIn(mail)}`;
    const strangers = mail.to.filter((address) => !colleagues.has(address));
    return [
      ...(guestMail === 'never' ? [`nobody is to be mailed: ${told}`] : []),
      ...(guestMail === 'colleagues' && strangers.length > 0 ? [`a stranger is mailed: ${told}`] : []),
      ...(past.has(titleIn(mail)) ? [`it is over: ${told}`] : []),
      ...(old.has(titleIn(mail)) && mail.kind === 'invitation' ? [`it is not new: ${told}`] : []),
    ];
  });
  return [...wrong, ...repeated(outbox)];
}

function titleIn({ says }: MemoryMail): string {
  const parts: unknown = JSON.parse(says);
  return Array.isArray(parts) ? String(parts[0]) : '';
}

/** The same said twice in a row to one guest; people may repeat themselves. */
function repeated(outbox: readonly MemoryMail[]): string[] {
  const last = new Map<string, string>();
  return outbox.flatMap(({ by, kind, uid, to, says }) =>
    to.flatMap((guest) => {
      const said = kind === 'update' ? `update ${says}` : kind;
      const isAgain = last.get(`${uid} ${guest}`) === said && by === 'sync';
      last.set(`${uid} ${guest}`, said);
      return isAgain ? [`${kind} ${uid} twice to ${guest}`] : [];
    }),
  );
}
