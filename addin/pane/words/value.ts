import type { Attendee, OccurrenceException, TimeSlot } from '../../../shared/appointment.ts';
import type { Recurrence } from '../../../shared/recurrence.ts';
import { fill, type Language } from '../../text/language.ts';
import type { ValueTexts } from '../../text/value-texts.ts';
import type { Say } from '../texts.ts';
import { daysIn } from './days.ts';

type Tools = Readonly<{
  language: Language;
  texts: ValueTexts;
  say: Say;
  repeats: (rule: Recurrence) => string;
}>;

/**
 * Tells values of fields in a language, as the server does in English; `null` for what is blank. Whatever was put in by
 * people stands apart from the words around it, as it may run in another direction.
 */
export function valuesIn({ language, texts, say, repeats }: Tools) {
  const { day, days, times } = daysIn(language);
  const list = new Intl.ListFormat(language, { type: 'unit' });
  const slot = (given: TimeSlot): string => {
    if (!given.isAllDay)
      return fill(texts.zoned, { time: times(given.start, given.end), zone: apart(given.zone) });
    const last = dayBefore(given.end);
    const whole = last <= given.start ? day(given.start) : days(given.start, last);
    return fill(texts.allDay, { days: whole });
  };
  const attendee = ({ name, address, type, response }: Attendee): string => {
    const kind = type === 'required' ? [] : [texts[type]];
    return `${apart(name ?? address)} (${list.format([...kind, say(`response_${response}`)])})`;
  };
  const occurrence = (given: OccurrenceException): string =>
    given.isCancelled
      ? texts.cancelled
      : [slot(given.timeSlot), ...[given.subject, given.location].flatMap((part) => part ?? [])].join(', ');
  return (field: string, value: unknown): string | null => {
    if (value === null || value === undefined || value === '') return null;
    if (typeof value === 'string') return word(field, value) ?? value;
    if (typeof value === 'number') return String(value);
    if (typeof value === 'boolean') return value ? texts.yes : texts.no;
    if (Array.isArray(value)) {
      const members: readonly unknown[] = value;
      return members.map((one) => (isAttendee(one) ? attendee(one) : String(one))).join(', ') || null;
    }
    if (isRule(value)) return repeats(value);
    if (isSlot(value)) return slot(value);
    if (isException(value)) return occurrence(value);
    return isPerson(value) ? (value.name ?? value.address) : null;
  };

  function word(field: string, value: string): string | null {
    if (dateFields.has(field)) return day(value);
    return choiceFields.has(field) && isChoice(value) ? texts[value] : null;
  }

  function isChoice(value: string): value is keyof ValueTexts {
    return Object.hasOwn(texts, value);
  }
}

const dateFields: ReadonlySet<string> = new Set(['dueDate', 'startDate', 'completedDate', 'birthday']);
const choiceFields: ReadonlySet<string> = new Set(['status', 'showAs', 'importance']);

/** Between marks that isolate its direction. */
function apart(text: string): string {
  return `\u2068${text}\u2069`;
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

function has(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && name in value;
}

function isRule(value: unknown): value is Recurrence {
  return has(value, 'pattern');
}

function isSlot(value: unknown): value is TimeSlot {
  return has(value, 'isAllDay');
}

function isException(value: unknown): value is OccurrenceException {
  return has(value, 'isCancelled');
}

function isPerson(value: unknown): value is Readonly<{ name: string | null; address: string }> {
  return has(value, 'address');
}

function isAttendee(value: unknown): value is Attendee {
  return has(value, 'response');
}
