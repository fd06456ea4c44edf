import type { ItemDetail } from '../../../shared/api-items.ts';
import { usePane } from '../pane-context.ts';
import { valueAt } from '../state/values.ts';
import { wordsIn } from '../words/words.ts';
import { Because } from './why.tsx';

/** Changes in Siebel that wait because Outlook would mail guests about them. */
export function HeldChanges({ item }: Readonly<{ item: ItemDetail }>) {
  const { say, language } = usePane();
  const { held, values } = item;
  const words = wordsIn(language);
  if (held.length === 0) return null;
  return (
    <section className="held">
      <h2>{say('held')}</h2>
      <ul>
        {held.map(({ field, siebel, exchange, reason, because, wouldMail }) => (
          <li key={field}>
            <strong>
              <bdi>{words.label(field)}</bdi>
            </strong>
            <dl className="pair">
              <dt>{say('inSiebel')}</dt>
              <dd dir="auto">{words.value(field, valueAt(values.siebel, field), siebel) ?? say('empty')}</dd>
              <dt>{say('inOutlook')}</dt>
              <dd dir="auto">
                {words.value(field, valueAt(values.exchange, field), exchange) ?? say('empty')}
              </dd>
            </dl>
            <p>
              <Because because={because} reason={reason} />
            </p>
            {wouldMail.length > 0 && <p>{say('heldWouldMail', { people: wouldMail.join(', ') })}</p>}
          </li>
        ))}
      </ul>
      <p className="hint">{say('heldHelp')}</p>
    </section>
  );
}
