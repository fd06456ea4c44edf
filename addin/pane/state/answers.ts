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
 * Answers on their way. The last one can be taken back: until it is sent, which it is when its time is over, when the next one
 * comes, and when the pane is left, by simply not sending it; after that by the server, unless it was carried out. `sent` ones
 * are not shown again while the server still lists them.
 */
export type Outbox = Readonly<{
  pending: Readonly<{ question: Question; answer: Answer }> | null;
  sent: readonly string[];
  /** The last answer that was sent, and whether it is known to have been carried out. */
  last: Readonly<{ question: Question; isCarriedOut: boolean }> | null;
}>;

export type OutboxEvent =
  | Readonly<{ event: 'answered'; question: Question; answer: Answer }>
  /** Not sent, or taken back by the server. */
  | Readonly<{ event: 'undone'; id: string }>
  | Readonly<{ event: 'sent'; id: string }>
  | Readonly<{ event: 'carriedOut'; id: string }>
  /** Somebody else answered, or it settled itself: there is no answer of ours to take back. */
  | Readonly<{ event: 'late'; id: string }>
  | Readonly<{ event: 'refused'; id: string }>;

/** `last` is what was sent when the questions were last on screen. */
export function outboxWith(last: Question | null): Outbox {
  return last === null
    ? { pending: null, sent: [], last: null }
    : { pending: null, sent: [last.id], last: { question: last, isCarriedOut: false } };
}

export function changeOutbox(outbox: Outbox, event: OutboxEvent): Outbox {
  const { pending, sent, last } = outbox;
  switch (event.event) {
    case 'answered': {
      const before = pending === null ? [] : [pending.question.id];
      const { question, answer } = event;
      return { pending: { question, answer }, sent: [...sent, ...before], last: null };
    }
    case 'sent': {
      if (pending?.question.id !== event.id) return outbox;
      const { question } = pending;
      return { pending: null, sent: [...sent, event.id], last: { question, isCarriedOut: false } };
    }
    case 'carriedOut':
      return last?.question.id === event.id ? { ...outbox, last: { ...last, isCarriedOut: true } } : outbox;
    case 'late':
      return last?.question.id === event.id ? { ...outbox, last: null } : outbox;
    case 'undone':
    case 'refused':
      return {
        pending: pending?.question.id === event.id ? null : pending,
        sent: sent.filter((id) => id !== event.id),
        last: last?.question.id === event.id ? null : last,
      };
  }
  return unreachable(event);
}

export function openQuestions(
  questions: readonly Question[],
  { pending, sent }: Outbox,
): readonly Question[] {
  return questions.filter(({ id }) => id !== pending?.question.id && !sent.includes(id));
}
