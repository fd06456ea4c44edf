import type { Domain } from '../../shared/domain.ts';
import type { Item } from '../../shared/item.ts';
import type { Holder } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import { holderFor } from '../holder.ts';
import type { PersonRow } from '../store/people-at-work.ts';
import { currentPolicy } from '../store/policy.ts';
import { outOfTime } from '../why-off.ts';

/** What must be known of a person to show their items of a domain. */
export type Viewpoint = Readonly<{
  holder: Holder;
  /** Whether an item lies outside the time that is kept in step now. */
  isOut: (item: Item) => boolean;
}>;

export async function viewpointOf(context: Context, person: PersonRow, domain: Domain): Promise<Viewpoint> {
  const holder = holderFor(person, (await currentPolicy(context.db)).document);
  return { holder, isOut: await outOfTime(context, person, domain) };
}
