import type { ItemDetail } from '../../../shared/api-items.ts';
import { usePane } from '../pane-context.ts';
import { Told } from './told.tsx';

/** Changes in Siebel that wait because Outlook would mail guests about them. */
export function HeldChanges({ held }: Readonly<{ held: ItemDetail['held'] }>) {
  const { say } = usePane();
  if (held.length === 0) return null;
  return (
    <section className="held">
      <h2>{say('held')}</h2>
      <ul>
        {held.map(({ field, label, siebel, exchange, reason, wouldMail }) => (
          <li key={field}>
            <strong>
              <Told text={label} />
            </strong>
            <dl className="pair">
              <dt>{say('inSiebel')}</dt>
              <dd dir="auto">{siebel ?? say('empty')}</dd>
              <dt>{say('inOutlook')}</dt>
              <dd dir="auto">{exchange ?? say('empty')}</dd>
            </dl>
            <p>
              <Told text={reason} />
            </p>
            {wouldMail.length > 0 && <p>{say('heldWouldMail', { people: wouldMail.join(', ') })}</p>}
          </li>
        ))}
      </ul>
      <p className="hint">{say('heldHelp')}</p>
    </section>
  );
}
