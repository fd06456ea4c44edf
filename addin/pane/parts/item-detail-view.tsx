import type { ItemDetail } from '../../../shared/api-items.ts';
import { usePane } from '../pane-context.ts';
import { Attendees } from './attendees.tsx';
import { Categories } from './categories.tsx';
import { BothSides, History } from './both-sides.tsx';
import { HeldChanges } from './held-changes.tsx';
import { ItemStanding } from './item-standing.tsx';
import { SiebelRecord } from './siebel-record.tsx';
import { ruleOf } from '../state/values.ts';
import { wordsIn } from '../words/words.ts';
import { underLabel } from './when.ts';
import { Told } from './told.tsx';
import { Because } from './why.tsx';

type ItemDetailViewProps = Readonly<{ item: ItemDetail; lookAgain: () => void }>;

/** An item from the most to the least important: where it stands, its record, its people, what differs, what happened. */
export function ItemDetailView({ item, lookAgain }: ItemDetailViewProps) {
  const { say, format, me } = usePane();
  const under = underLabel(item, { format, say });
  return (
    <>
      <h1 className="item-label" dir="auto">
        {item.label}
      </h1>
      {under !== null && (
        <p className="item-under" dir="auto">
          {under}
        </p>
      )}
      <ItemStanding item={item} lookAgain={lookAgain} />
      {item.categories.length > 0 && (
        <section aria-label={say('categories')}>
          <Categories item={item} me={me} />
        </section>
      )}
      <SiebelRecord item={item} />
      <HeldChanges item={item} />
      <Recurrence item={item} />
      <Attendees attendees={item.attendees} />
      <BothSides item={item} />
      <History history={item.history} />
    </>
  );
}

/** A series: its rule, and what Siebel holds of it where that is less. */
function Recurrence({ item }: Readonly<{ item: ItemDetail }>) {
  const { say, format, language } = usePane();
  const { repeats, notes, occurrences, values } = item;
  if (repeats === null) return null;
  const rule = ruleOf(values);
  const fidelity = notes.find(({ field }) => field === 'recurrence');
  const days = occurrences.map(({ day }) => format.wall(day)).join(' · ');
  return (
    <section>
      <h2>{say('repeats')}</h2>
      <p>{rule === null ? <Told text={repeats} /> : wordsIn(language).repeats(rule, repeats)}</p>
      {fidelity !== undefined && (
        <p className="note">
          <Because because={fidelity.because} reason={fidelity.reason} />
        </p>
      )}
      {days !== '' && <p>{say('differentDays', { days })}</p>}
    </section>
  );
}
