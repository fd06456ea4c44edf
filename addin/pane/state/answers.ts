import type { Question } from '../../../shared/api.ts';
import { unreachable, type Side } from '../../../shared/domain.ts';
import type { Answer } from '../../api.ts';

export type Choices = Readonly<Record<string, Side>>;

/** Sides people chose before and asked to have proposed again, by `domain.field`. */
export type Remembered = Readonly<Record<string, Side>>;

/** What is proposed for a conflict: remembered sides, nothing for fields that were never decided. */
export function proposed({ domain, fields }: Question, remembered: Remembered): Choices {
  return Object.fromEntries(
    fields.flatMap(({ field }) => {
      const side = remembered[`${domain}.${field}`];
      return side === undefined ? [] : [[field, side] as const];
    }),
  );
}

export function remember(remembered: Remembered, { domain }: Question, choices: Choices): Remembered {
  const added = Object.entries(choices).map(([field, side]) => [`${domain}.${field}`, side] as const);
  return { ...remembered, ...Object.fromEntries(added) };
}

export function everySide({ fields }: Question, side: Side): Choices {
  return Object.fromEntries(fields.map(({ field }) => [field, side] as const));
}

/** Null while a field is undecided: the server takes an answer for all of them or none. */
export function answerFrom({ fields }: Question, choices: Choices): Answer | null {
  return fields.every(({ field }) => choices[field] !== undefined) ? { choices } : null;
}

/**
 * Answers on their way. One can be taken back until it is sent; it is sent when its time is over, when the next one comes,
 * and when the pane is left. `sent` ones are not shown again while the server still lists them.
 */
export type Outbox = Readonly<{
  pending: Readonly<{ question: Question; answer: Answer }> | null;
  sent: readonly string[];
}>;

export type OutboxEvent =
  | Readonly<{ event: 'answered'; question: Question; answer: Answer }>
  | Readonly<{ event: 'undone' }>
  | Readonly<{ event: 'sent'; id: string }>
  | Readonly<{ event: 'refused'; id: string }>;

export const emptyOutbox: Outbox = { pending: null, sent: [] };

export function changeOutbox(outbox: Outbox, event: OutboxEvent): Outbox {
  switch (event.event) {
    case 'answered': {
      const before = outbox.pending === null ? [] : [outbox.pending.question.id];
      return {
        pending: { question: event.question, answer: event.answer },
        sent: [...outbox.sent, ...before],
      };
    }
    case 'undone':
      return { ...outbox, pending: null };
    case 'sent':
      return outbox.pending?.question.id === event.id
        ? { pending: null, sent: [...outbox.sent, event.id] }
        : outbox;
    case 'refused':
      return { ...outbox, sent: outbox.sent.filter((id) => id !== event.id) };
  }
  return unreachable(event);
}

export function openQuestions(
  questions: readonly Question[],
  { pending, sent }: Outbox,
): readonly Question[] {
  return questions.filter(({ id }) => id !== pending?.question.id && !sent.includes(id));
}
