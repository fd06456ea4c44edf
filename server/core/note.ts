import type { Reason } from '../../shared/reason.ts';
import { sentenceOf } from '../../shared/telling.ts';
import type { FieldName, FieldNote, Refused } from './step.ts';

/** A note with its reason, in English and as a code. */
export function noteOf(field: FieldName, what: FieldNote['what'], because: Reason): FieldNote {
  return { field, what, reason: sentenceOf([because]), because };
}

/** A refusal with its reason, in English and as a code. */
export function refusalOf(because: Reason, field: FieldName | null): Refused {
  return { outcome: 'refused', reason: sentenceOf([because]), field, because };
}

/** What a refusal says of a field. */
export function refusedNote(field: FieldName, { reason, because }: Refused): FieldNote {
  const note = { field, what: 'refused', reason } as const;
  return because === undefined ? note : { ...note, because };
}
