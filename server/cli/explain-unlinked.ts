import { titleOf } from '../../shared/describe-item.ts';
import { domains, type Domain } from '../../shared/domain.ts';
import type { Failure, Holder, Sighting } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import { holderFor, outlookIdOf, refFrom } from '../holder.ts';
import type { PersonRow } from '../store/people-at-work.ts';
import { itemsByRef } from '../store/items-view.ts';
import { currentPolicy } from '../store/policy.ts';
import { whyOff } from '../why-off.ts';

export type Unlinked = Readonly<{
  item: string;
  kind: Domain;
  state: 'off';
  why: string | null;
  outlookId: string;
}>;

const mostFound = 5;
/** Ids are long, and what people call their items is not. */
const shortestId = 40;

/** What a mailbox holds under an id or a part of a name that no Link leads to, each with the rule that leaves it alone. */
export async function unlinkedNamed(
  context: Context,
  person: PersonRow,
  text: string,
): Promise<readonly Unlinked[]> {
  const holder = holderFor(person, (await currentPolicy(context.db)).document);
  const unlinked: Unlinked[] = [];
  for (const domain of domains) {
    const ask = text.length < shortestId ? called : identified;
    const sightings = await ask(context, holder, { domain, text });
    if ('kind' in sightings) throw new Error(sightings.reason);
    const closed = await itemsByRef(
      context.db,
      person.id,
      sightings.map(({ ref }) => ref),
    );
    const reasons = await whyOff(context, { person, domain, sightings, closed });
    for (const { ref, item } of sightings)
      unlinked.push({
        item: titleOf(item),
        kind: domain,
        state: 'off',
        why: reasons.get(ref)?.why ?? null,
        outlookId: outlookIdOf(domain, ref),
      });
  }
  return unlinked;
}

type Wanted = Readonly<{ domain: Domain; text: string }>;
type Found = readonly Sighting[] | Failure;

async function called({ exchange }: Context, holder: Holder, { domain, text }: Wanted): Promise<Found> {
  const page = await exchange.browse({ domain, holder, search: text, after: null, limit: mostFound });
  return 'kind' in page ? page : page.sightings;
}

async function identified({ exchange }: Context, holder: Holder, { domain, text }: Wanted): Promise<Found> {
  // A task is asked for by its list, which its id does not tell.
  const ids =
    domain === 'task'
      ? await exchange.feeds(holder, domain, [])
      : await exchange.immutableIds(holder, domain, [text]);
  if ('kind' in ids) return ids;
  const refs = ids.map((id) => refFrom(domain === 'task' ? `${id}/${text}` : id));
  const looks = await exchange.read(refs.map((ref) => ({ domain, holder, ref })));
  return looks.flatMap((look) => (look.look === 'found' ? [look.sighting] : []));
}
