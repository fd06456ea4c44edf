import type { ItemDetail } from '../../../shared/api-items.ts';
import type { PaneKey } from '../../text/pane.ts';
import { usePane } from '../pane-context.ts';

type Attendee = ItemDetail['attendees'][number];

const siebelWords: Readonly<Record<NonNullable<Attendee['siebel']>, PaneKey>> = {
  employee: 'isEmployee',
  contact: 'isContact',
  unknown: 'isUnknown',
};

/** What somebody is in Siebel, in words. */
export function siebelWord(siebel: Attendee['siebel']): PaneKey {
  return siebel === null ? 'isNotAsked' : siebelWords[siebel];
}

/** Who attends, what they answered, and who of them Siebel knows. */
export function Attendees({ attendees }: Readonly<{ attendees: ItemDetail['attendees'] }>) {
  const { say } = usePane();
  if (attendees.length === 0) return null;
  return (
    <section>
      <h2>{say('attendees')}</h2>
      <ul className="people">
        {attendees.map(({ address, name, response, siebel }) => (
          <li key={address}>
            <span className="person-name" dir="auto">
              {name ?? address}
            </span>
            <span className="person-facts">
              <span className={`badge badge-${siebel ?? 'unasked'}`}>{say(siebelWord(siebel))}</span>{' '}
              <span>{say(`response_${response}`)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
