import type { ItemState, ItemSummary } from '../../../shared/api-items.ts';
import type { Format } from '../format.ts';
import type { Standing } from '../state/standing.ts';
import type { Say } from '../texts.ts';

type StateLineProps = Readonly<{
  standing: Standing;
  item: ItemSummary;
  say: Say;
  format: Format;
  /** In a list there is no room to say since when. */
  isShort?: boolean;
}>;

/** Where an item stands, as a shape and in words: colour alone says nothing to many. */
export function StateLine({ standing, item, say, format, isShort = false }: StateLineProps) {
  const isSince = !isShort && standing.look === 'inStep' && item.lastSyncedAt !== null;
  const words =
    isSince && item.lastSyncedAt !== null
      ? say('state_inStepSince', { time: format.since(item.lastSyncedAt) })
      : say(standing.title);
  return (
    <span className={`state state-${standing.look}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true" className="state-sign">
        <path d={signs[standing.look]} />
      </svg>
      <span>{words}</span>
    </span>
  );
}

const circle = 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Z';
const warning = 'M8 2 14.5 13.5h-13ZM8 6.5v3.2M8 11.6v.3';

const signs: Readonly<Record<ItemState | 'cannot', string>> = {
  off: circle,
  waiting: `${circle}M8 5v3l2 2`,
  inStep: `${circle}m-2.6 6 1.9 1.9 3.4-3.6`,
  asking: `${circle}M6.4 6.3a1.7 1.7 0 1 1 2 2L8 8.6v.9M8 11.2v.2`,
  attention: warning,
  held: warning,
  cannot: `${circle}M4 4l8 8`,
};
