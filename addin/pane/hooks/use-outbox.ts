import { useEffect, useEffectEvent, useReducer } from 'react';
import type { Question } from '../../../shared/api.ts';
import type { Answer } from '../../api.ts';
import { ApiError } from '../../api-error.ts';
import { usePane } from '../pane-context.ts';
import { changeOutbox, emptyOutbox } from '../state/answers.ts';
import { troubleOf } from '../state/trouble.ts';

/** How long an answer can be taken back. The clock stands still while somebody is at the button that does. */
const undoMs = 8_000;

type Pending = Readonly<{ question: Question; answer: Answer }>;

/** Sends answers a little later than they were given, so that the last one can be taken back. Leaving sends at once. */
export function useOutbox(isHeld: boolean) {
  const { api, say, announce, report } = usePane();
  const [outbox, dispatch] = useReducer(changeOutbox, emptyOutbox);
  const send = async ({ question, answer }: Pending): Promise<void> => {
    const { id, label } = question;
    dispatch({ event: 'sent', id });
    try {
      await api.answer(id, answer);
    } catch (error) {
      if (isSettled(error)) {
        announce(say('answerLate', { label }));
        return;
      }
      dispatch({ event: 'refused', id });
      announce(say('answerFailed', { label }));
      report(troubleOf(error));
    }
  };
  const { pending } = outbox;
  const sendPending = useEffectEvent(() => {
    if (pending !== null) void send(pending);
  });
  useEffect(() => {
    if (pending === null || isHeld) return undefined;
    const timer = setTimeout(sendPending, undoMs);
    return () => clearTimeout(timer);
  }, [pending, isHeld]);
  useEffect(() => {
    const leave = (): void => sendPending();
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, []);
  return {
    outbox,
    answer: (question: Question, answer: Answer): void => {
      if (pending !== null) void send(pending);
      dispatch({ event: 'answered', question, answer });
      announce(say('answerKept', { label: question.label }));
    },
    undo: (): void => {
      if (pending === null) return;
      dispatch({ event: 'undone' });
      announce(say('undone', { label: pending.question.label }));
    },
  };
}

/** The question was answered elsewhere or settled itself in between. */
function isSettled(error: unknown): boolean {
  const code = error instanceof ApiError ? error.code : null;
  return code === 'already-answered' || code === 'question-not-found';
}
