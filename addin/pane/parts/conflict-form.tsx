import { useState } from 'react';
import { Button, Checkbox } from '@fluentui/react-components';
import type { Question } from '../../../shared/api.ts';
import type { Side } from '../../../shared/domain.ts';
import type { Answer } from '../../api.ts';
import { usePane } from '../pane-context.ts';
import { answerFrom, everySide, proposed, remember, type Choices } from '../state/answers.ts';
import { wordsIn } from '../words/words.ts';

type ConflictFormProps = Readonly<{
  question: Question;
  answer: (question: Question, answer: Answer) => void;
}>;

const sides: readonly Side[] = ['siebel', 'exchange'];
const sideWords = { siebel: 'siebel', exchange: 'outlook' } as const;

/** Both sides changed the same fields: both values side by side, one of them is chosen for each. */
export function ConflictForm({ question, answer }: ConflictFormProps) {
  const { say, prefs } = usePane();
  const [choices, setChoices] = useState<Choices>(() => proposed(question, prefs.remembered()));
  const [isRemembered, setIsRemembered] = useState(false);
  const [isAsked, setIsAsked] = useState(false);
  const isProposed = Object.keys(proposed(question, prefs.remembered())).length > 0;
  const send = (): void => {
    const complete = answerFrom(question, choices);
    setIsAsked(true);
    if (complete === null) return;
    if (isRemembered) prefs.setRemembered(remember(prefs.remembered(), question, choices));
    answer(question, complete);
  };
  return (
    <section className="question" aria-label={question.label}>
      <h2 dir="auto">{question.label}</h2>
      <p>{say('conflictText')}</p>
      {isProposed && <p className="hint">{say('rememberedHint')}</p>}
      {question.fields.length > 1 && (
        <div className="choose-all">
          <span>{say('chooseAll')}</span>
          {sides.map((side) => (
            <Button key={side} size="small" onClick={() => setChoices(everySide(question, side))}>
              {say(sideWords[side])}
            </Button>
          ))}
        </div>
      )}
      {question.fields.map((field) => (
        <FieldChoice
          key={field.field}
          {...{ field, questionId: question.id }}
          chosen={choices[field.field] ?? null}
          choose={(side) => setChoices({ ...choices, [field.field]: side })}
        />
      ))}
      <Checkbox
        label={say('rememberChoice')}
        checked={isRemembered}
        onChange={(_event, { checked }) => setIsRemembered(checked === true)}
      />
      {isAsked && answerFrom(question, choices) === null && <p role="alert">{say('chooseEvery')}</p>}
      <Button appearance="primary" onClick={send}>
        {say('useThese')}
      </Button>
    </section>
  );
}

type FieldChoiceProps = Readonly<{
  field: Question['fields'][number];
  questionId: string;
  chosen: Side | null;
  choose: (side: Side) => void;
}>;

function FieldChoice({ field, questionId, chosen, choose }: FieldChoiceProps) {
  const { say, language } = usePane();
  const words = wordsIn(language);
  const texts = {
    siebel: words.value(field.field, field.siebel, field.siebelText),
    exchange: words.value(field.field, field.exchange, field.exchangeText),
  };
  return (
    <fieldset className="field-choice">
      <legend>
        <bdi>{words.label(field.field)}</bdi>
      </legend>
      {sides.map((side) => (
        <label key={side} className="value">
          <input
            type="radio"
            name={`${questionId} ${field.field}`}
            checked={chosen === side}
            onChange={() => choose(side)}
          />
          <span className="value-side">{say(sideWords[side])}</span>
          <span className="value-text" dir="auto">
            {texts[side] ?? say('empty')}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
