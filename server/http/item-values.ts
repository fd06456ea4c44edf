import type { ItemDetail } from '../../shared/api-items.ts';
import type { Attendee } from '../../shared/appointment.ts';
import {
  describeField,
  describeItem,
  describeValue,
  labelOfField,
  shownValue,
} from '../../shared/describe-item.ts';
import { isAppointment, type Item } from '../../shared/item.ts';

/** What both sides hold of one item. */
export type Sides = Readonly<{ siebel: Item | null; exchange: Item | null }>;

/** The fields of which a side holds something, in words, in the order in which people read them. */
export function fieldsShown({ siebel, exchange }: Sides): ItemDetail['fields'] {
  const inSiebel = siebel === null ? new Map<string, string>() : describeItem(siebel);
  const inExchange = exchange === null ? new Map<string, string>() : describeItem(exchange);
  // Fields only Siebel holds keep their place at the end; there are few.
  return [...new Set([...inExchange.keys(), ...inSiebel.keys()])].map((field) => ({
    field,
    label: labelOfField(field),
    siebel: inSiebel.get(field) ?? null,
    exchange: inExchange.get(field) ?? null,
  }));
}

/** The occurrences of a series that are not as the rule says, on either side, by their day. */
export function occurrencesShown({ siebel, exchange }: Sides): ItemDetail['occurrences'] {
  const [inSiebel, inExchange] = [siebel, exchange].map((item) =>
    item !== null && isAppointment(item) ? item.exceptions : {},
  );
  return [...new Set([...Object.keys(inSiebel ?? {}), ...Object.keys(inExchange ?? {})])]
    .sort()
    .map((day) => ({
      day,
      siebel: describeValue(inSiebel?.[day] ?? null),
      exchange: describeValue(inExchange?.[day] ?? null),
    }));
}

/** What waits in Siebel because guests would be mailed about it, and who. */
export function heldShown(notes: ItemDetail['notes'], { siebel, exchange }: Sides): ItemDetail['held'] {
  return notes
    .filter(({ what }) => what === 'mailHeld')
    .map(({ field, reason, because }) => ({
      field,
      label: labelOfField(field),
      siebel: describeField(field, shownValue(siebel, field)),
      exchange: describeField(field, shownValue(exchange, field)),
      reason,
      because,
      wouldMail: mailedAbout(field, { siebel, exchange }),
    }));
}

/** Whoever comes or goes is mailed alone; about everything else, all guests are who have not declined. */
function mailedAbout(field: string, { siebel, exchange }: Sides): string[] {
  const there = guestsOf(exchange);
  const here = guestsOf(siebel);
  const mailed = field === 'attendees' ? [...without(here, there), ...without(there, here)] : there;
  return mailed.map(({ address }) => address);
}

function guestsOf(item: Item | null): readonly Attendee[] {
  const attendees = item !== null && isAppointment(item) ? item.attendees : [];
  return attendees.filter(({ response }) => response !== 'declined');
}

/** A colleague may be known by another address on each side. */
function without(some: readonly Attendee[], others: readonly Attendee[]): readonly Attendee[] {
  return some.filter(
    ({ address, login }) =>
      !others.some((other) => other.address === address || (login !== null && other.login === login)),
  );
}
