import type { Appointment, Attendee } from '../../shared/appointment.ts';
import type { Domain, Side } from '../../shared/domain.ts';
import { domainOf, isAppointment, isContact, type Item } from '../../shared/item.ts';
import { occurrenceDates } from '../../shared/occurrences.ts';
import { blankOf, fieldsOf, valueOf, withValue } from '../core/fields/item.ts';
import type { FieldName, FieldNote } from '../core/step.ts';

/** What the sides have no place for, as the real ones have none. */
const homeless: Readonly<Record<Side, Readonly<Record<Domain, readonly FieldName[]>>>> = {
  siebel: { contact: [], appointment: ['showAs', 'categories'], task: ['categories', 'recurrence'] },
  exchange: {
    contact: [],
    appointment: ['activityType'],
    task: ['activityType', 'percentComplete', 'isPrivate'],
  },
};

export function holdsIn(side: Side): (domain: Domain, field: FieldName) => boolean {
  return (domain, field) => !homeless[side][domain].includes(field);
}

/** The item without what the side has no place for. */
export function heldOf(item: Item, holds: (domain: Domain, field: FieldName) => boolean): Item {
  const domain = domainOf(item);
  if (domain === 'contact') return item;
  return fieldsOf(item)
    .filter((field) => !holds(domain, field))
    .reduce((kept, field) => withValue(kept, field, blankOf(field)), item);
}

/** The record's item with the named fields as the request has them. People on an appointment come and go one by one. */
export function patched(
  kept: Item,
  { item, before, fields }: Readonly<{ item: Item; before: Item; fields: readonly FieldName[] }>,
): Item {
  const written = fields.reduce((rest, field) => withValue(rest, field, valueOf(item, field)), kept);
  const isPeople = isAppointment(kept) && isAppointment(item) && isAppointment(before);
  if (!isPeople || !isAppointment(written)) return written;
  const isListed = fields.includes('attendees');
  const attendees = isListed ? afterDelta(kept.attendees, { before, item }) : kept.attendees;
  return { ...written, attendees };
}

/** Whoever is in neither `before` nor `item` stays, and so does who declined. */
function afterDelta(
  present: readonly Attendee[],
  { before, item }: Readonly<{ before: Appointment; item: Appointment }>,
): readonly Attendee[] {
  const wanted = new Set(attending(item).map(({ address }) => address.toLowerCase()));
  const left = new Set(
    attending(before)
      .map(({ address }) => address.toLowerCase())
      .filter((address) => !wanted.has(address)),
  );
  const stay = present.filter(({ address }) => !left.has(address.toLowerCase()));
  const here = new Set(stay.map(({ address }) => address.toLowerCase()));
  return [...stay, ...attending(item).filter(({ address }) => !here.has(address.toLowerCase()))];
}

export function attending({ attendees }: Appointment): readonly Attendee[] {
  return attendees.filter(({ response }) => response !== 'declined');
}

/** Exceptions of days the rule names; what is no series has none. */
export function withNamedExceptions(item: Appointment): Appointment {
  const days = Object.keys(item.exceptions).sort();
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return item;
  if (item.recurrence === null || item.timeSlot === null) return { ...item, exceptions: {} };
  const from = item.timeSlot.start.slice(0, 10);
  const named = new Set(occurrenceDates(item.recurrence, from, { from: first, to: last, limit: 1_000 }));
  const exceptions = Object.entries(item.exceptions).filter(([day]) => named.has(day));
  return { ...item, exceptions: Object.fromEntries(exceptions) };
}

/** What the side holds otherwise than it was given. */
export function notesOn(given: Item, held: Item, fields: readonly FieldName[] | null): readonly FieldNote[] {
  const named = fields ?? (isContact(given) ? fieldsOf(given) : []);
  return named
    .filter((field) => JSON.stringify(valueOf(held, field)) !== JSON.stringify(valueOf(given, field)))
    .map((field): FieldNote => ({
      field,
      what: 'shortened',
      reason: 'This side stores less than it was given.',
    }));
}
