import type { Domain } from '../../shared/domain.ts';
import type { Holder, Sighting } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import { refFrom } from '../holder.ts';
import { taskRefs } from '../store/items-view.ts';
import { problem, unreachable, type ProblemError } from './problem.ts';

type Ref = Sighting['ref'];

/** An item as callers name it. */
export type Named = Readonly<{ domain: Domain; itemId: string }>;

/** The ref of an item however an add-in or a user names it: an id that changes, one that does not, a task without its list. */
export async function refNamed(context: Context, holder: Holder, { domain, itemId }: Named): Promise<Ref> {
  if (domain === 'task') return taskNamed(context, holder, itemId);
  const ids = await context.exchange.immutableIds(holder, domain, [itemId]);
  if ('kind' in ids) throw unreachable(ids);
  return refFrom(ids[0] ?? itemId);
}

/** To Do asks for a task by its list, which users do not know: a Link may, else it is looked for in all lists. */
async function taskNamed(context: Context, holder: Holder, itemId: string): Promise<Ref> {
  const known = await taskRefs(context.db, { personId: holder.personId, ids: [itemId] });
  const ref = known.get(itemId);
  if (ref !== undefined) return refFrom(ref);
  const lists = await context.exchange.feeds(holder, 'task', []);
  if ('kind' in lists) throw unreachable(lists);
  const places = lists.map((list) => refFrom(`${list}/${itemId}`));
  const looks = await context.exchange.read(places.map((place) => ({ domain: 'task', holder, ref: place })));
  const failed = looks.find((look) => look.look === 'failed');
  const at = looks.findIndex((look) => look.look === 'found');
  if (at < 0 && failed?.look === 'failed') throw unreachable(failed.failure);
  return places[at] ?? refFrom(itemId);
}

/** The item as the mailbox holds it now; null when it is not there. */
export async function readItem(
  { exchange }: Context,
  holder: Holder,
  { domain, ref }: Readonly<{ domain: Domain; ref: Ref }>,
): Promise<Sighting | null> {
  // A task nobody found in any list has no ref that could be read.
  if (domain === 'task' && !ref.includes('/')) return null;
  const [look] = await exchange.read([{ domain, holder, ref }]);
  if (look?.look === 'failed') throw unreachable(look.failure);
  return look?.look === 'found' ? look.sighting : null;
}

export function itemMissing(domain: Domain): ProblemError {
  return problem('item-not-found', `Your mailbox holds no ${domain} with this id.`);
}

/** The row id within a ref such as `Contact/1-ABC`; a series of separate activities has no row of its own. */
export function siebelIdOf(ref: string | null): string | null {
  return ref === null || ref.startsWith('Series/') ? null : ref.slice(ref.indexOf('/') + 1);
}

/** The address at which people see the record in Siebel. */
export function siebelUrlOf({ settings }: Context, ref: string | null): string | null {
  const id = siebelIdOf(ref);
  if (ref === null || id === null) return null;
  const kind = ref.slice(0, ref.indexOf('/'));
  return settings.siebel.recordUrl
    .replaceAll('{component}', encodeURIComponent(components[kind] ?? kind))
    .replaceAll('{id}', encodeURIComponent(id));
}

const components: Readonly<Record<string, string>> = { Appointment: 'Action', Task: 'Action' };
