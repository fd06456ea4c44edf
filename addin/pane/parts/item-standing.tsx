import { Button } from '@fluentui/react-components';
import type { ItemDetail } from '../../../shared/api-items.ts';
import { usePane } from '../pane-context.ts';
import { standingOf, type Deed, type Standing } from '../state/standing.ts';
import type { PaneKey } from '../../text/pane.ts';
import { StateLine } from './state-line.tsx';
import { Why } from './why.tsx';

type ItemStandingProps = Readonly<{ item: ItemDetail; lookAgain: () => void }>;

const labels: Readonly<Record<Deed, PaneKey>> = {
  sync: 'sync',
  stop: 'stop',
  answer: 'answerQuestion',
  look: 'lookAgain',
};

/** Where the item stands, why, and the one action that helps. */
export function ItemStanding({ item, lookAgain }: ItemStandingProps) {
  const { say, format, me } = usePane();
  const standing = standingOf(item, me);
  return (
    <section className={`standing standing-${standing.look}`}>
      <p role="status">
        <StateLine {...{ standing, item, say, format }} />
      </p>
      {standing.question !== null && (standing.why !== null || item.why !== null) && (
        <p className="why">
          <strong>{say(standing.question)}</strong>{' '}
          {standing.why === null ? (
            <Why reasons={item.reasons} why={item.why ?? ''} />
          ) : (
            <span>{say(standing.why)}</span>
          )}
        </p>
      )}
      {standing.why === 'cannotPrivate' && <p>{say('helpMakePublic')}</p>}
      <Deeds {...{ item, standing, lookAgain }} />
    </section>
  );
}

type DeedsProps = ItemStandingProps & Readonly<{ standing: Standing }>;

function Deeds({ item, standing, lookAgain }: DeedsProps) {
  const { say, press, go, api, announce, report } = usePane();
  const { deed } = standing;
  if (deed === null || item.itemId === null) return null;
  const look = (): void => {
    lookAgain();
    announce(say('syncStarted'));
    api.sync().catch(() => report('offline'));
  };
  const deeds: Readonly<Record<Deed, () => void>> = {
    sync: () => void press(item, true),
    stop: () => void press(item, false),
    answer: () => go('questions'),
    look,
  };
  const isAlso = deed === 'answer' || (deed === 'look' && standing.look !== 'cannot');
  return (
    <div className="deeds">
      <Button appearance={deed === 'stop' ? 'secondary' : 'primary'} onClick={deeds[deed]}>
        {say(labels[deed])}
      </Button>
      {isAlso && <Button onClick={deeds.stop}>{say('stop')}</Button>}
      {(deed === 'stop' || isAlso) && <span className="hint">{say('stopNote')}</span>}
    </div>
  );
}
