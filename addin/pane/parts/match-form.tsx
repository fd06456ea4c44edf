import { useState } from 'react';
import { Button } from '@fluentui/react-components';
import type { Question } from '../../../shared/api.ts';
import type { Answer } from '../../api.ts';
import { usePane } from '../pane-context.ts';

type MatchFormProps = Readonly<{
  question: Question;
  answer: (question: Question, answer: Answer) => void;
}>;

/** Several records in Siebel could be this item: one of them, a new one, or none at all. */
export function MatchForm({ question, answer }: MatchFormProps) {
  const { say } = usePane();
  const [chosen, setChosen] = useState<string | null>(null);
  const options = [
    ...question.candidates.map(({ ref, label, detail }) => ({ value: ref, label, detail })),
    { value: 'new', label: say('isNew'), detail: '' },
    { value: 'leave', label: say('leaveAlone'), detail: '' },
  ];
  return (
    <section className="question" aria-label={question.label}>
      <h2 dir="auto">{question.label}</h2>
      <p>{say('matchText')}</p>
      <fieldset className="field-choice candidates">
        <legend>{say('candidates')}</legend>
        {options.map(({ value, label, detail }) => (
          <label key={value} className="value">
            <input
              type="radio"
              name={question.id}
              checked={chosen === value}
              onChange={() => setChosen(value)}
            />
            <span className="value-text" dir="auto">
              {label}
              {detail !== '' && <small dir="auto">{detail}</small>}
            </span>
          </label>
        ))}
      </fieldset>
      <Button
        appearance="primary"
        disabledFocusable={chosen === null}
        onClick={() => chosen !== null && answer(question, { candidate: chosen })}
      >
        {say('useThese')}
      </Button>
    </section>
  );
}
