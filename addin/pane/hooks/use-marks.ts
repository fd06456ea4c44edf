import { useReducer } from 'react';
import type { ItemSummary } from '../../../shared/api-items.ts';
import { ApiError } from '../../api-error.ts';
import type { Api } from '../../api.ts';
import type { PaneKey } from '../../text/pane.ts';
import type { Fared } from '../state/bulk.ts';
import { changeMarks, markKey } from '../state/marks.ts';
import { troubleOf, type Trouble } from '../state/trouble.ts';
import type { Say } from '../texts.ts';

type MarksTools = Readonly<{
  api: Api;
  say: Say;
  announce: (text: string) => void;
}>;

/** Marks an item or takes the mark off; quietly where many are pressed at once and the sum is told at the end. */
export type Press = (
  item: ItemSummary,
  isOn: boolean,
  options?: Readonly<{ isQuiet: boolean }>,
) => Promise<Fared>;

/** Marks that show at once and are taken back when the server refuses them. */
export function useMarks({ api, say, announce }: MarksTools) {
  const [marks, dispatch] = useReducer(changeMarks, new Map());
  const press: Press = async (item, isOn, { isQuiet } = { isQuiet: false }) => {
    const { domain, itemId, label } = item;
    if (itemId === null) return 'refused';
    const key = markKey(domain, itemId);
    dispatch({ event: 'pressed', key, isOn });
    if (!isQuiet) announce(say(isOn ? 'marked' : 'unmarked', { label }));
    try {
      const { state, why, reasons } = await (isOn ? api.mark(domain, itemId) : api.unmark(domain, itemId));
      dispatch({ event: 'answered', key, state, why, reasons });
      return 'done';
    } catch (error) {
      dispatch({ event: 'refused', key });
      const trouble = troubleOf(error);
      if (!isQuiet) announce(say('markFailed', { label, reason: say(reasonOf(error, trouble)) }));
      return trouble === 'offline' || trouble === 'signedOut' ? 'lost' : 'refused';
    }
  };
  const seen = (items: readonly ItemSummary[]): void => {
    const keys = items.flatMap(({ domain, itemId }) => (itemId === null ? [] : [markKey(domain, itemId)]));
    dispatch({ event: 'seen', keys });
  };
  return { marks, press, seen };
}

const reasons: Readonly<Record<string, PaneKey>> = {
  'employee-exported': 'becauseEmployee',
  'item-not-found': 'becauseMissing',
  'domain-off': 'becauseOff',
  'person-disabled': 'becauseOff',
};

function reasonOf(error: unknown, trouble: Trouble): PaneKey {
  const code = error instanceof ApiError ? error.code : null;
  if (code !== null && reasons[code] !== undefined) return reasons[code];
  if (trouble === 'offline') return 'becauseOffline';
  return trouble === 'signedOut' ? 'becauseSignedOut' : 'becauseOther';
}
