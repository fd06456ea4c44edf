import type { Both, Side } from '../../shared/domain.ts';

export const across: Both<Side> = { siebel: 'exchange', exchange: 'siebel' };

export const eachSide: readonly Side[] = ['siebel', 'exchange'];

/** One value for each side, made by the same rule. */
export function bothOf<Value>(make: (side: Side) => Value): Both<Value> {
  return { siebel: make('siebel'), exchange: make('exchange') };
}
