import type { Me } from '../../../shared/api.ts';
import type { ItemDetail, ItemState, ItemSummary } from '../../../shared/api-items.ts';
import type { PaneKey } from '../../text/pane.ts';

/** What a person can do about where an item stands. */
export type Deed = 'sync' | 'stop' | 'answer' | 'look';

export type Standing = Readonly<{
  look: ItemState | 'cannot';
  title: PaneKey;
  /** Null where the item is fine and nothing has to be explained. */
  question: 'why' | 'whyNot' | null;
  /** Our own sentence, in the person's language; where there is none, the server's says why. */
  why: PaneKey | null;
  deed: Deed | null;
}>;

type Levels = Pick<Me, 'state' | 'domains'>;
type Shown = ItemSummary & Partial<Pick<ItemDetail, 'values'>>;

/** Where an item stands, in words for its owner, and the one action that helps. */
export function standingOf(item: Shown, me: Levels): Standing {
  if (item.kind === 'employee') return { ...standings[item.state], deed: null };
  const rule = item.state === 'off' ? ruleAgainst(item, me) : null;
  if (rule === null) return standings[item.state];
  const deed = rule === 'cannotPrivate' ? 'look' : null;
  return { look: 'cannot', title: 'state_cannot', question: 'whyNot', why: rule, deed };
}

const standings: Readonly<Record<ItemState, Standing>> = {
  off: { look: 'off', title: 'state_off', question: 'whyNot', why: null, deed: 'sync' },
  waiting: { look: 'waiting', title: 'state_waiting', question: 'why', why: null, deed: 'stop' },
  inStep: { look: 'inStep', title: 'state_inStep', question: null, why: null, deed: 'stop' },
  asking: { look: 'asking', title: 'state_asking', question: 'why', why: null, deed: 'answer' },
  attention: { look: 'attention', title: 'state_attention', question: 'whyNot', why: null, deed: 'look' },
  held: { look: 'held', title: 'state_held', question: 'whyNot', why: null, deed: 'look' },
};

/** Rules no mark gets past; the server knows more of them and says so when it is asked. */
function ruleAgainst({ domain, values }: Shown, me: Levels): PaneKey | null {
  if (me.state === 'disabled') return 'cannotSwitchedOff';
  const level = me.domains.find((one) => one.domain === domain)?.level;
  if (level === 'none' || level === 'import-only') return 'cannotLevel';
  if (values?.exchange?.['isPrivate'] === true) return 'cannotPrivate';
  return values?.exchange?.['isCancelled'] === true ? 'cannotCancelled' : null;
}

/** Whether the switch of a row stands on. */
export function isOn(state: ItemState): boolean {
  return state !== 'off';
}
