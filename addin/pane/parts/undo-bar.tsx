import { useEffect } from 'react';
import { Button } from '@fluentui/react-components';
import { usePane } from '../pane-context.ts';
import type { Outbox } from '../state/answers.ts';

type UndoBarProps = Readonly<{ outbox: Outbox; undo: () => void; hold: (isHeld: boolean) => void }>;

/** The last answer, which can be taken back; nobody is hurried who is about to. */
export function UndoBar({ outbox, undo, hold }: UndoBarProps) {
  const { say } = usePane();
  const [on, off] = [() => hold(true), () => hold(false)];
  useEffect(() => off, []);
  const { pending, last } = outbox;
  const question = pending?.question ?? last?.question;
  if (question === undefined) return null;
  const { label } = question;
  const isTooLate = pending === null && last?.isCarriedOut === true;
  return (
    <div className="undo" onPointerEnter={on} onPointerLeave={off} onFocus={on} onBlur={off}>
      <span dir="auto">{say(isTooLate ? 'answerCarriedOut' : 'answerKept', { label })}</span>
      <Button size="small" disabledFocusable={isTooLate} onClick={isTooLate ? undefined : undo}>
        {say('undo')}
      </Button>
    </div>
  );
}
