import { useEffect, useEffectEvent, useReducer, useRef } from 'react';
import type { Question } from '../../../shared/api.ts';
import type { Answer } from '../../api.ts';
import { ApiError } from '../../api-error.ts';
import { usePane } from '../pane-context.ts';
import { changeOutbox, outboxWith, type Outbox, type OutboxEvent } from '../state/answers.ts';
import { troubleOf } from '../state/trouble.ts';

/** How long an answer waits to be sent. The clock stands still while somebody is at the button that takes it back. */
const undoMs = 8_000;

type Pending = Readonly<{ question: Question; answer: Answer }>;

/** Sends answers a little later than they were given, so that the last one can be taken back. Leaving sends at once. */
export function useOutbox(isHeld: boolean) {
  const { api, say, announce, report, lastAnswered } = usePane();
  const [outbox, dispatch] = useReducer(changeOutbox, null, () => outboxWith(lastAnswered.current));
  const { undo, sending } = useUndo(outbox, dispatch);
  const send = async ({ question, answer }: Pending): Promise<void> => {
    const { id, label } = question;
    dispatch({ event: 'sent', id });
    lastAnswered.current = question;
    try {
      sending.current = api.answer(id, answer);
      await sending.current;
    } catch (error) {
      if (isSettled(error)) {
        dispatch({ event: 'late', id });
        lastAnswered.current = null;
        announce(say('answerLate', { label }));
        return;
      }
      dispatch({ event: 'refused', id });
      lastAnswered.current = null;
      announce(say('answerFailed', { label }));
      report(troubleOf(error));
    }
  };
  const { pending } = outbox;
  useLater(pending, isHeld, (given) => void send(given));
  return {
    outbox,
    answer: (question: Question, answer: Answer): void => {
      if (pending !== null) void send(pending);
      dispatch({ event: 'answered', question, answer });
      announce(say('answerKept', { label: question.label }));
    },
    undo,
  };
}

/** Sends what waits once its time is over, and when the pane or the page is left. */
function useLater(pending: Pending | null, isHeld: boolean, send: (pending: Pending) => void): void {
  const sendPending = useEffectEvent(() => {
    if (pending !== null) send(pending);
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
}

/** Takes the last answer back: what was sent already, the server does, unless it was carried out. */
function useUndo({ pending, last }: Outbox, dispatch: (event: OutboxEvent) => void) {
  const { api, say, announce, report, lastAnswered } = usePane();
  const sending = useRef<Promise<void>>(Promise.resolve());
  const undone = ({ id, label }: Question): void => {
    dispatch({ event: 'undone', id });
    announce(say('undone', { label }));
  };
  const takeBack = async (question: Question): Promise<void> => {
    const { id, label } = question;
    try {
      // It must not overtake the answer; what became of that was told already.
      await sending.current.catch(() => undefined);
      await api.takeBack(id);
      undone(question);
    } catch (error) {
      if (error instanceof ApiError && error.code === 'already-carried-out') {
        dispatch({ event: 'carriedOut', id });
        announce(say('answerCarriedOut', { label }));
      } else {
        announce(say('undoFailed', { label }));
        report(troubleOf(error));
        return;
      }
    }
    lastAnswered.current = null;
  };
  return {
    sending,
    undo: (): void => {
      if (pending !== null) undone(pending.question);
      else if (last !== null) void takeBack(last.question);
    },
  };
}

/** The question was answered elsewhere or settled itself in between. */
function isSettled(error: unknown): boolean {
  const code = error instanceof ApiError ? error.code : null;
  return code === 'already-answered' || code === 'question-not-found';
}
