import type { FindAnswer, FindRequest, Sighting } from '../connector.ts';
import { asContact, sightingFromGraph } from './contact.ts';
import { stampFilter } from './extended.ts';
import { wholeContact, type Outlook } from './read.ts';
import { turnPages, type Rows } from './turn-pages.ts';
import { literal, query, segment } from './wire.ts';

/**
 * Contacts that may be the one asked for, of the default folder. A stamp finds what we made ourselves; otherwise the e-mail
 * addresses decide, and only where they find nobody the name. Each filter goes alone: Exchange refuses combined ones as too
 * complex.
 */
export function find(outlook: Outlook, requests: readonly FindRequest[]): Promise<readonly FindAnswer[]> {
  return Promise.all(
    requests.map(async (request) => {
      for (const filters of filtersOf(request)) {
        const answer = await findBy(outlook, request, filters);
        if (answer.answer === 'failed' || answer.sightings.length > 0) return answer;
      }
      return { answer: 'found', sightings: [] };
    }),
  );
}

/** Groups of filters: a later group is only tried when the one before found nothing. */
function filtersOf(request: FindRequest): readonly (readonly string[])[] {
  if (request.by === 'stamp') return [[stampFilter(request.stamp)]];
  if (request.by === 'uid') throw new Error('Contacts have no iCalUId to be found by.');
  const { email1, email2, email3, firstName, lastName } = asContact(request.item);
  const emails = [email1, email2, email3].filter((email) => email !== null);
  const names = [
    ...(firstName === null ? [] : [`givenName eq ${literal(firstName)}`]),
    ...(lastName === null ? [] : [`surname eq ${literal(lastName)}`]),
  ];
  return [
    emails.map((email) => `emailAddresses/any(a:a/address eq ${literal(email)})`),
    names.length < 2 ? [] : [names.join(' and ')],
  ];
}

async function findBy(
  outlook: Outlook,
  request: FindRequest,
  filters: readonly string[],
): Promise<FindAnswer> {
  const { holder } = request;
  const lists = await Promise.all(filters.map((filter) => listBy(outlook, holder.userId, filter)));
  const found = new Map<string, Sighting>();
  for (const list of lists) {
    if (list.answer !== 'rows') return { answer: 'failed', failure: list.failure };
    for (const row of list.rows)
      found.set(row.id, sightingFromGraph(row, holder.marks.contact, outlook.customFields()));
  }
  const sightings = [...found.values()];
  // Exchange compares values of extended properties ignoring case; a stamp is exact.
  const isIt = (sighting: Sighting) => request.by !== 'stamp' || sighting.stamp === request.stamp;
  return { answer: 'found', sightings: sightings.filter(isIt) };
}

function listBy(outlook: Outlook, mailbox: string, filter: string): Promise<Rows> {
  const options = query({ $filter: filter, $top: '50', ...wholeContact(outlook) });
  return turnPages(outlook.client, mailbox, { path: `/users/${segment(mailbox)}/contacts?${options}` });
}
