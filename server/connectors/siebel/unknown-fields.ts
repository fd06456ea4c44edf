import type { Domain } from '../../../shared/domain.ts';
import type { Failure } from '../connector.ts';
import { list } from './listing.ts';
import type { Siebel } from './siebel.ts';
import { wholeQuery, type Whole } from './sightings.ts';

/**
 * Which of these names are no fields of this Siebel's contacts or activities. A description may call a field otherwise than
 * what travels (facts/siebel-rest.md 1.3), so a name it lacks is asked for once before it is called unknown.
 */
export async function unknownFields(
  siebel: Siebel,
  domain: Domain,
  names: readonly string[],
): Promise<readonly string[] | Failure> {
  if (names.length === 0) return [];
  const isContacts = domain === 'contact';
  const described = await (isContacts ? siebel.description : siebel.activity.description).fresh();
  if ('kind' in described) return described;
  const unknown: string[] = [];
  for (const name of names.filter((one) => !described.has(one))) {
    const travels = await isRead(siebel, isContacts ? 'Contact' : 'Action', name);
    if (typeof travels !== 'boolean') return travels;
    if (!travels) unknown.push(name);
  }
  return unknown;
}

/** Siebels without a record to show leave the word to the description. */
async function isRead(siebel: Siebel, component: Whole, name: string): Promise<boolean | Failure> {
  const query = { ...wholeQuery(siebel, component, null), fields: ['Id', name], children: {}, size: 1 };
  const page = await list(siebel, query);
  if (page.answer === 'rows') return page.rows.some(({ values }) => name in values);
  const { failure } = page;
  return failure.kind === 'misconfigured' || failure.kind === 'refused' ? false : failure;
}
