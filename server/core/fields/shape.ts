import type { Attendee, OccurrenceException, Participant, TimeSlot } from '../../../shared/appointment.ts';
import type { Recurrence } from '../../../shared/recurrence.ts';
import type { FieldValue } from '../step.ts';
import type { FieldKind } from './kind.ts';
import { canonicalSet, type Member } from './set.ts';
import { tidyText } from './text.ts';

/** The value in the shape its kind asks for; one of another shape counts as blank. */
export function shaped(kind: FieldKind, value: FieldValue): FieldValue {
  switch (kind) {
    case 'flag':
      return value === true;
    case 'set':
      return membersOf(value).filter((member) => typeof member === 'string');
    case 'people':
      return membersOf(value).filter((member) => typeof member !== 'string');
    case 'number':
      return typeof value === 'number' ? value : null;
    case 'person':
      return isPerson(value) ? value : null;
    case 'slot':
      return isSlot(value) ? value : null;
    case 'rule':
      return isRule(value) ? value : null;
    case 'occurrence':
      return isOccurrence(value) ? value : null;
    case 'text':
    case 'name':
    case 'phone':
    case 'email':
    case 'date':
    case 'instant':
    case 'choice':
    case 'note':
      return typeof value === 'string' ? value : null;
  }
  return kind satisfies never;
}

/** A set's members, those who declined included; of any other field, none. */
export function membersOf(value: FieldValue): readonly Member[] {
  return isList(value) ? value : [];
}

/** The members that count: who declined a meeting is on its list and does not attend. */
export function activeMembers(value: FieldValue): readonly Member[] {
  return membersOf(value).filter((member) => typeof member === 'string' || member.response !== 'declined');
}

/** The value with tidy texts, and `null` for what is blank. */
export function tidied(value: FieldValue): FieldValue {
  if (typeof value === 'string') return tidyText(value) || null;
  if (!isList(value)) return value;
  const members = canonicalSet(value);
  return isTexts(members) ? members : members.filter((member) => typeof member !== 'string');
}

function isList(value: FieldValue): value is readonly string[] | readonly Attendee[] {
  return Array.isArray(value);
}

function isTexts(members: readonly Member[]): members is readonly string[] {
  return members.every((member) => typeof member === 'string');
}

type Structured = Participant | TimeSlot | Recurrence | OccurrenceException;

function isStructured(value: FieldValue): value is Structured {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPerson(value: FieldValue): value is Participant {
  return isStructured(value) && 'address' in value;
}

function isSlot(value: FieldValue): value is TimeSlot {
  return isStructured(value) && 'isAllDay' in value;
}

function isRule(value: FieldValue): value is Recurrence {
  return isStructured(value) && 'pattern' in value;
}

function isOccurrence(value: FieldValue): value is OccurrenceException {
  return isStructured(value) && 'isCancelled' in value;
}
