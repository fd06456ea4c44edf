import type { Reason } from '../../shared/reason.ts';
import { sentenceOf } from '../../shared/telling.ts';
import type { FieldName, FieldNote } from './step.ts';

/** A note with its reason, in English and as a code. */
export function noteOf(field: FieldName, what: FieldNote['what'], because: Reason): FieldNote {
  return { field, what, reason: sentenceOf([because]), because };
}
