import type { Appointment, OccurrenceException, TimeSlot } from '../../../shared/appointment.ts';

type Body = Readonly<Record<string, unknown>>;

/** One occurrence to change after its series was made; `patch: null` deletes it. */
export type OccurrenceChange = Readonly<{ day: string; patch: Body | null }>;

/**
 * An appointment as its owner would put it into their own calendar: the body of `POST /users/{id}/events` of Microsoft Graph
 * v1.0, and what is to be done to single occurrences of a series. Nobody is invited: Graph mails every attendee of an event
 * it is given, and loading one's own file must mail nobody, so who takes part is said in the text.
 */
export function outlookFromAppointment(
  item: Appointment,
): Readonly<{ body: Body; zone: string; changes: readonly OccurrenceChange[] }> {
  const { timeSlot, recurrence } = item;
  const days = Object.entries(item.exceptions).sort(([one], [other]) => (one < other ? -1 : 1));
  const startDate = timeSlot?.start.slice(0, 10) ?? null;
  return {
    zone: zoneOf(timeSlot),
    body: {
      subject: item.subject ?? '',
      body: textBody([item.body, guestsOf(item)].filter((part) => part !== null).join('\n\n')),
      location: { displayName: item.location ?? '' },
      ...times(timeSlot),
      showAs: item.showAs ?? 'busy',
      sensitivity: item.isPrivate ? 'private' : 'normal',
      importance: item.importance ?? 'normal',
      isReminderOn: item.reminderMinutesBeforeStart !== null,
      ...(item.reminderMinutesBeforeStart === null
        ? {}
        : { reminderMinutesBeforeStart: item.reminderMinutesBeforeStart }),
      categories: item.categories,
      ...(recurrence === null
        ? {}
        : { recurrence: { pattern: recurrence.pattern, range: { ...recurrence.range, startDate } } }),
    },
    changes: days.map(([day, exception]) => ({ day, patch: patchOf(exception) })),
  };
}

function patchOf(exception: OccurrenceException): Body | null {
  if (exception.isCancelled) return null;
  const { subject, body, location, timeSlot } = exception;
  return {
    subject: subject ?? '',
    body: textBody(body ?? ''),
    location: { displayName: location ?? '' },
    ...times(timeSlot),
  };
}

/** All-day events are dates; Graph wants them as midnights of any one zone. */
function times(slot: TimeSlot | null): Body {
  if (slot === null) return {};
  const timeZone = zoneOf(slot);
  const time = (text: string) => ({ dateTime: slot.isAllDay ? `${text}T00:00:00` : text, timeZone });
  return { isAllDay: slot.isAllDay, start: time(slot.start), end: time(slot.end) };
}

function zoneOf(slot: TimeSlot | null): string {
  return slot === null || slot.isAllDay ? 'UTC' : slot.zone;
}

function textBody(text: string): Body {
  return { contentType: 'text', content: text.replaceAll('\n', '\r\n') };
}

function guestsOf({ organizer, attendees }: Appointment): string | null {
  if (attendees.length === 0) return null;
  const name = (one: Readonly<{ name: string | null; address: string }>) =>
    one.name === null || one.name === one.address ? one.address : `${one.name} <${one.address}>`;
  const lines = attendees.map((one) => `- ${name(one)}${one.response === 'declined' ? ' (declined)' : ''}`);
  const host = organizer === null ? [] : [`Organizer: ${name(organizer)}`];
  return [...host, 'Attendees:', ...lines].join('\n');
}
