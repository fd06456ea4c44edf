import { contextOf, idOf, mailboxOf, type Call } from '../call.ts';
import { itemNotFound } from '../refusal.ts';
import type { Mailbox } from '../state.ts';
import { isOn } from '../switches.ts';
import { isKnownZone } from '../time-zones.ts';
import { calendarOf } from './calendars.ts';
import { showEvent, type EventOptions } from './event-view.ts';
import { findInstance } from './find.ts';
import type { Instance } from './instance.ts';
import { unknownZone } from './wall-time.ts';

/** The event a route names; where the route names a calendar as well, it must lie there. */
export function eventOf(call: Call): Readonly<{ mailbox: Mailbox; instance: Instance }> {
  const mailbox = mailboxOf(call);
  const instance = findInstance(call.graph, mailbox, idOf(call, 'event'));
  if ('calendar' in call.ids && calendarOf(call, mailbox) !== instance.item.calendar) throw itemNotFound();
  return { mailbox, instance };
}

/** How the caller prefers to see events. */
export function optionsOf(call: Call): EventOptions {
  const { timeZone, immutableIds, textBodies } = call.prefer;
  if (timeZone !== null && !isKnownZone(timeZone)) throw unknownZone(timeZone);
  return {
    immutableIds,
    zone: timeZone,
    textBodies,
    expand: call.query.expand,
    prefixedExtensionIds: isOn(call.graph.world, 'prefixedExtensionIds'),
    blankZones: isOn(call.graph.world, 'blankRecurrenceZones'),
  };
}

/** Confirms the preferences that were followed. */
export function appliedPreferences(call: Call): Readonly<Record<string, string>> {
  const { timeZone, textBodies } = call.prefer;
  const applied = [
    ...(timeZone === null ? [] : [`outlook.timezone="${timeZone}"`]),
    ...(textBodies ? ['outlook.body-content-type="text"'] : []),
  ];
  return applied.length === 0 ? {} : { 'Preference-Applied': applied.join(', ') };
}

/** `users('…')/events`, with the calendar where the route names one. */
export function eventSet(call: Call, mailbox: Mailbox): string {
  const calendar = 'calendar' in call.ids ? `/calendars('${idOf(call, 'calendar')}')` : '';
  return `users('${mailbox.userId}')${calendar}/events`;
}

/** What a write answers: the event with its echo in the preferred zone. */
export const eventEntity = (call: Call, mailbox: Mailbox, instance: Instance) => ({
  '@odata.context': contextOf(call, `${eventSet(call, mailbox)}/$entity`),
  ...showEvent(mailbox, instance, { ...optionsOf(call), expand: [] }),
});
