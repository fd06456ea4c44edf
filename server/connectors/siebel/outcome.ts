import { unreachable } from '../../../shared/domain.ts';
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
      return { outcome: 'refused', reason: reasonFor(trouble.reason, field), field };
    }
    case 'duplicate':
    case 'notPermitted':
      return { outcome: 'refused', reason: trouble.reason, field: null };
  }
  return unreachable(trouble);
}

export function notReached({ reason, retryAfterMs, reach }: Failure): WriteAnswer {
  return { outcome: 'unreachable', reason, afterMs: retryAfterMs, reach };
}

/** Why a value was left out of a write that was stored without it. */
export function refusedReason(trouble: Trouble): string {
  return 'reason' in trouble ? trouble.reason : 'Siebel would not take the value; kept in Outlook.';
}

function reasonFor(reason: string, field: FieldName | null): string {
  return field === null ? reason : `${field}: ${reason}`;
}
