import { unreachable } from '../../../shared/domain.ts';
import type { Reason } from '../../../shared/reason.ts';
import { refusalOf } from '../../core/note.ts';
import type { FieldName } from '../../core/step.ts';
import type { Failure, WriteAnswer } from '../connector.ts';
import { fieldNamed, type ContactMap } from './contact-map.ts';
import type { Trouble } from './errors.ts';

/** What a trouble means for the write of a contact that met it. */
export function outcomeOf(trouble: Trouble, map: ContactMap): WriteAnswer {
  return outcomeNaming(trouble, (name) => fieldNamed(map, name));
}

/** The same for any record; `named` tells our name of a Siebel field. */
export function outcomeNaming(
  trouble: Trouble,
  named: (siebelName: string) => FieldName | null,
): WriteAnswer {
  switch (trouble.trouble) {
    case 'failure':
      return notReached(trouble.failure);
    case 'gone':
      return { outcome: 'gone' };
    case 'stale':
      return { outcome: 'stale' };
    case 'badValue': {
      const field = trouble.quoted.map(named).find((name) => name !== null) ?? null;
      const { reason: text } = trouble;
      return field === null
        ? refusalOf(refusedReason(trouble), null)
        : refusalOf({ code: 'siebelRefusedField', field, text }, field);
    }
    case 'duplicate':
    case 'notPermitted':
      return refusalOf(refusedReason(trouble), null);
  }
  return unreachable(trouble);
}

export function notReached({ reason, retryAfterMs, reach }: Failure): WriteAnswer {
  return { outcome: 'unreachable', reason, afterMs: retryAfterMs, reach };
}

/** Why a value was left out of a write that was stored without it. */
export function refusedReason(trouble: Trouble): Reason {
  return 'reason' in trouble
    ? { code: refusals[trouble.trouble], text: trouble.reason }
    : { code: 'valueRefused' };
}

const refusals = {
  badValue: 'siebelRefusedValue',
  duplicate: 'siebelDuplicate',
  notPermitted: 'siebelForbids',
} as const;
