import type {
  CensusAnswer,
  CensusRequest,
  ChangeAnswer,
  ChangeRequest,
  ChangeRow,
  Failure,
} from '../connector.ts';
import { follow } from './follow.ts';
import { countedPage, listEach } from './listing.ts';
import { print, type Poll } from './poll.ts';
import { chunked, equals, every, isOtherThan, type Spec } from './search-spec.ts';
import type { Siebel } from './siebel.ts';
import { listedSpec, sightingOf, wholeQuery, type Listed } from './sightings.ts';
import type { Row } from './wire.ts';

/**
 * One poll serves everybody: contacts on anybody's Sync List that changed, and the contacts of accounts that changed (a
 * renamed account is a new company for all its contacts); employees on anybody's list are a feed of their own. Siebel tells
 * nothing of records that left a list or were deleted; the census and reads find those.
 */
export async function changes(
  siebel: Siebel,
  requests: readonly ChangeRequest[],
): Promise<readonly ChangeAnswer[]> {
  return Promise.all(
    requests.map(({ feed, cursor }) =>
      feed === employeeFeed ? employeesSince(siebel, cursor) : contactsSince(siebel, cursor),
    ),
  );
}

const employeeFeed = 'employees';

/** One page of the records on a person's Sync List. A page that is shorter than its own count says is a failure. */
export async function census(
  siebel: Siebel,
  requests: readonly CensusRequest[],
): Promise<readonly CensusAnswer[]> {
  return Promise.all(requests.map((request) => censusPage(siebel, request)));
}

async function censusPage(siebel: Siebel, { login, kinds, offset }: CensusRequest): Promise<CensusAnswer> {
  const component = kinds.includes('employee') ? 'Employee' : 'Contact';
  const spec = listedSpec(siebel, component, login);
  if (spec === null) return { answer: 'page', total: 0, sightings: [] };
  const page = await countedPage(siebel, { ...wholeQuery(siebel, component, spec), offset });
  if ('kind' in page) return { answer: 'failed', failure: page };
  const { rows, total } = page;
  return { answer: 'page', total, sightings: rows.map((row) => sightingOf(siebel, component, row)) };
}

async function contactsSince(siebel: Siebel, cursor: string | null): Promise<ChangeAnswer> {
  const followed = await follow(siebel, cursor, [
    { component: 'Contact', poll: listedPoll(siebel, 'Contact'), isCounted: true },
    { component: 'Account', poll: accountPoll(siebel), isCounted: false },
  ]);
  if ('kind' in followed) return { answer: 'failed', failure: followed };
  const [contacts = [], accounts = []] = followed.rows;
  const ofAccounts = await contactsOf(siebel, accounts);
  if ('kind' in ofAccounts) return { answer: 'failed', failure: ofAccounts };
  const rows = [...contacts, ...ofAccounts].map((row) => seen(siebel, 'Contact', row));
  const latest = new Map(rows.map((row) => [row.ref, row]));
  return { answer: 'changes', rows: [...latest.values()], next: followed.next, isWhole: false };
}

async function employeesSince(siebel: Siebel, cursor: string | null): Promise<ChangeAnswer> {
  const poll = listedPoll(siebel, 'Employee');
  const followed = await follow(siebel, cursor, [{ component: 'Employee', poll, isCounted: false }]);
  if ('kind' in followed) return { answer: 'failed', failure: followed };
  const rows = followed.rows.flat().map((row) => seen(siebel, 'Employee', row));
  return { answer: 'changes', rows, next: followed.next, isWhole: false };
}

function listedPoll(siebel: Siebel, component: Listed): Poll | null {
  const filter = listedSpec(siebel, component, null);
  if (filter === null) return null;
  const query = wholeQuery(siebel, component, null);
  return { query, filter, prints: (row) => print(sightingOf(siebel, component, row).version) };
}

/**
 * Only a new name or place of an account matters to its contacts, and a new account has no old name: whatever contact is
 * given to it changes itself.
 */
function accountPoll(siebel: Siebel): Poll {
  const query = { ...wholeQuery(siebel, 'Contact', null), component: 'Account' as const, children: {} };
  const fields = ['Id', 'Updated', 'Mod Id', 'Name', 'Location'];
  const prints = ({ values }: Row) => print(JSON.stringify([values['Name'], values['Location']]));
  return { query: { ...query, fields }, filter: isOtherThan(siebel.field('Mod Id'), 0), prints };
}

function contactsOf(siebel: Siebel, accounts: readonly Row[]): Promise<readonly Row[] | Failure> {
  const listed = listedSpec(siebel, 'Contact', null);
  const field = siebel.field('Account Id');
  const both = (or: Spec) => (listed === null ? or : every([or, listed]));
  const chunks = chunked(accounts, ({ id }) => equals(field, id), { wrap: both });
  return listEach(
    siebel,
    chunks.map(({ spec }) => spec),
    wholeQuery(siebel, 'Contact', null),
  );
}

function seen(siebel: Siebel, component: Listed, row: Row): ChangeRow {
  const sighting = sightingOf(siebel, component, row);
  return { change: 'seen', ref: sighting.ref, version: sighting.version, isMarked: true, sighting };
}
