import { useLayoutEffect, useRef, useState } from 'react';
import { useLive } from '../hooks/use-live.ts';
import { useOutbox } from '../hooks/use-outbox.ts';
import { usePane } from '../pane-context.ts';
import { ConflictForm } from '../parts/conflict-form.tsx';
import { MatchForm } from '../parts/match-form.tsx';
import { Notice } from '../parts/notice.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { UndoBar } from '../parts/undo-bar.tsx';
import { openQuestions } from '../state/answers.ts';

/** Something Tab leads to: office.js moves the focus itself, and out of the pane from whatever else has it. */
const nextThing = '.question input, .notice button';

/** What only a person can decide: both sides changed the same thing, or several records could be the one. */
export function QuestionsPanel() {
  const { api, say, go } = usePane();
  const [isHeld, setIsHeld] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  const { outbox, answer, undo } = useOutbox(isHeld);
  const live = useLive({
    name: 'questions',
    read: async (signal) => (await api.questions(null, signal)).items,
  });
  const pendingId = outbox.pending?.question.id ?? null;
  // The answered question is gone from the page, and the focus with it: it goes on to what comes next.
  useLayoutEffect(() => {
    if (pendingId !== null) whole.current?.querySelector<HTMLElement>(nextThing)?.focus();
  }, [pendingId]);
  const open = openQuestions(live.value ?? [], outbox);
  return (
    <div ref={whole} className="questions">
      <h1>{say('questions')}</h1>
      <UndoBar {...{ outbox, undo }} hold={setIsHeld} />
      {live.value === null && live.trouble === null && <Skeleton label={say('loading')} />}
      {live.value === null && live.trouble !== null && (
        <Notice
          isInside
          isUrgent
          title={say('failedTitle')}
          text={say('failedText')}
          action={{ label: say('tryAgain'), run: live.now }}
        />
      )}
      {live.value !== null && open.length === 0 && (
        <Notice
          isInside
          title={say('questionsNone')}
          text={say('questionsNoneText')}
          action={{ label: say('toItem'), run: () => go('item') }}
        />
      )}
      {open.map((question) => {
        const Form = question.kind === 'conflict' ? ConflictForm : MatchForm;
        return <Form key={question.id} question={question} answer={answer} />;
      })}
    </div>
  );
}
