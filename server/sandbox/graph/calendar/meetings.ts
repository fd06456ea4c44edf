import type { Mail } from '../../world.ts';
import type { Graph, Mailbox } from '../state.ts';
import { isOn } from '../switches.ts';
import { addressesOf, mailboxesOf } from './attendees.ts';
import { cancelDate, copyInto, occurrenceAlone, refreshCopy, withdrawCopy } from './copies.ts';
import { occurrenceICalUId } from './event-ids.ts';
import { visibleToGuests } from './event-properties.ts';
import { htmlOf } from './html.ts';
import { liveEvent, touchEvent } from './event-store.ts';
import { valuesOf, type Instance } from './instance.ts';
import type { Attendee, EventItem, EventValues } from './state.ts';
import { exactly } from './wall-time.ts';

/** What an organiser's write did to an event, as far as guests care. */
export type MeetingChange = Readonly<{
  before: EventValues;
  /** The rule of the series is another one. */
  hasOtherRule: boolean;
  /** Properties of a body, for the switch that mails whatever is named. */
  named: readonly string[];
}>;

/**
 * Exchange's part after an organiser wrote a meeting: guests who were added are invited, those left out are told that it
 * is off for them, and the others hear of it only when something changed that they can see. Copies in mailboxes of the
 * tenant are there before the mail. `instance` is the event as it is now.
 */
export function tellGuests(graph: Graph, instance: Instance, change: MeetingChange): void {
  const { item, date } = instance;
  const after = valuesOf(instance);
  const guests = guestsOf(graph, item, { was: change.before.attendees, is: after.attendees });
  if (isSeen(graph, after, change)) {
    for (const mailbox of guests.keptMailboxes) update(graph, mailbox, { instance, change });
    mail(graph, { kind: 'update', to: guests.kept, instance });
    for (const other of date === null ? (item.series?.exceptions.keys() ?? []) : []) {
      mail(graph, { kind: 'update', to: guests.kept, instance: { item, date: other } });
    }
  }
  for (const mailbox of guests.removedMailboxes) withdraw(graph, mailbox, instance);
  mail(graph, { kind: 'cancellation', to: guests.removed, instance });
  for (const mailbox of guests.addedMailboxes) invite(graph, mailbox, instance);
  mail(graph, { kind: 'invitation', to: guests.added, instance });
}

/** Calls a meeting, or one occurrence of it, off for everybody; nothing happens to the organiser's own event. */
export function callOff(graph: Graph, instance: Instance): void {
  const { item, date } = instance;
  const { attendees } = valuesOf(instance);
  const to = addressesOf(graph, attendees, item.organizer);
  for (const mailbox of mailboxesOf(graph, to)) withdraw(graph, mailbox, instance);
  mail(graph, { kind: 'cancellation', to, instance });
  if (date !== null) return;
  for (const [other, { values }] of item.series?.exceptions ?? []) {
    const alone = addressesOf(graph, values.attendees ?? [], item.organizer).filter(
      (one) => !to.includes(one),
    );
    for (const mailbox of mailboxesOf(graph, alone)) withdraw(graph, mailbox, { item, date: other });
    mail(graph, { kind: 'cancellation', to: alone, instance: { item, date: other } });
  }
}

/** Whether anything a guest can see is different, or, where the switch says so, was merely written. */
function isSeen(graph: Graph, after: EventValues, { before, hasOtherRule, named }: MeetingChange): boolean {
  if (hasOtherRule) return true;
  const isNamed = (name: string) =>
    named.includes(name) || (name === 'locations' && named.includes('location'));
  if (isOn(graph.world, 'mailsUnchanged') && visibleToGuests.some(isNamed)) return true;
  return (
    hasMoved(before, after) ||
    htmlOf(before.body) !== htmlOf(after.body) ||
    (['subject', 'locations', 'online'] as const).some((name) => isOther(before[name], after[name]))
  );
}

const isOther = (before: unknown, after: unknown) => JSON.stringify(before) !== JSON.stringify(after);

function guestsOf(
  graph: Graph,
  { organizer }: EventItem,
  { was, is }: Readonly<Record<'was' | 'is', readonly Attendee[]>>,
) {
  const before = addressesOf(graph, was, organizer);
  const after = addressesOf(graph, is, organizer);
  const [mailboxesBefore, mailboxesAfter] = [mailboxesOf(graph, before), mailboxesOf(graph, after)];
  return {
    added: after.filter((one) => !before.includes(one)),
    removed: before.filter((one) => !after.includes(one)),
    kept: after.filter((one) => before.includes(one)),
    // One mailbox may be invited under several of its addresses.
    addedMailboxes: mailboxesAfter.filter((one) => !mailboxesBefore.includes(one)),
    removedMailboxes: mailboxesBefore.filter((one) => !mailboxesAfter.includes(one)),
    keptMailboxes: mailboxesAfter.filter((one) => mailboxesBefore.includes(one)),
  };
}

/** The copy of a whole series, or of an occurrence that was sent by itself. */
function copiesOf(mailbox: Mailbox, { item, date }: Instance) {
  return {
    whole: liveEvent(mailbox, item.iCalUId, false),
    alone: date === null ? null : liveEvent(mailbox, occurrenceICalUId(item.iCalUId, date), false),
  };
}

function update(
  graph: Graph,
  mailbox: Mailbox,
  { instance, change }: Readonly<{ instance: Instance; change: MeetingChange }>,
): void {
  const { whole, alone } = copiesOf(mailbox, instance);
  const resets = hasMoved(change.before, valuesOf(instance)) || change.hasOtherRule;
  const { item, date } = instance;
  if (whole) {
    refreshCopy(graph, mailbox, { copy: whole, source: item, resets: resets && date === null });
    const own = date === null || !resets ? null : whole.series?.exceptions.get(date);
    if (own) own.response = null;
  } else if (alone) {
    refreshCopy(graph, mailbox, { copy: alone, source: occurrenceAlone(graph, instance), resets });
  } else if (isOn(graph.world, 'updatesRevive')) invite(graph, mailbox, instance);
}

/** Whether a meeting takes place at another time, so that answers to it count no more. */
export const hasMoved = (before: EventValues, after: EventValues): boolean =>
  isOther(whenOf(before), whenOf(after));

/** Whole days are days; of other times it is the instants that count, in whatever zone they are written. */
const whenOf = ({ isAllDay, start, end }: EventValues) =>
  isAllDay ? [start.dateTime, end.dateTime] : [exactly(start), exactly(end)];

function invite(graph: Graph, mailbox: Mailbox, instance: Instance): void {
  const { item, date } = instance;
  const { whole } = copiesOf(mailbox, instance);
  if (date !== null && whole) {
    whole.series?.cancelled.delete(date);
    refreshCopy(graph, mailbox, { copy: whole, source: item, resets: false });
    return;
  }
  if (date !== null) {
    copyInto(graph, mailbox, occurrenceAlone(graph, instance));
    return;
  }
  for (const other of item.series?.exceptions.keys() ?? []) {
    const { alone } = copiesOf(mailbox, { item, date: other });
    if (alone) withdrawCopy(graph, mailbox, alone);
  }
  copyInto(graph, mailbox, item);
}

function withdraw(graph: Graph, mailbox: Mailbox, instance: Instance): void {
  const { whole, alone } = copiesOf(mailbox, instance);
  if (alone) withdrawCopy(graph, mailbox, alone);
  if (!whole) return;
  if (instance.date === null) withdrawCopy(graph, mailbox, whole);
  else {
    cancelDate(whole, instance.date);
    touchEvent(graph, mailbox, whole);
  }
}

export type Letter = Readonly<{
  kind: Mail['kind'];
  to: readonly string[];
  instance: Instance;
  /** The organiser, unless somebody else sends it. */
  from?: string;
}>;

/** Puts one mail into the outbox; without anybody to send it to there is none. */
export function mail(graph: Graph, { kind, to, instance, from }: Letter): void {
  if (to.length === 0) return;
  const { item, date } = instance;
  graph.world.outbox.add({
    at: graph.world.now().toISOString(),
    from: (from ?? item.organizer.address).toLowerCase(),
    to,
    kind,
    subject: valuesOf(instance).subject,
    iCalUId: date === null ? item.iCalUId : occurrenceICalUId(item.iCalUId, date),
  });
}
