import type {
  CensusAnswer,
  CensusRequest,
  ChangeAnswer,
  ChangeRequest,
  ChangeRow,
  Failure,
} from '../connector.ts';
import { firstMark, pollSince, print, type Mark, type Poll } from './poll.ts';
import { countedPage, listAll } from './listing.ts';
import { chunked, equals, every, type Spec } from './search-spec.ts';
import type { Siebel } from './siebel.ts';
import { listedSpec, sightingOf, wholeQuery, type Listed } from './sightings.ts';
import type { Row } from './wire.ts';

/**
 * One poll serves everybody: contacts on anybody's Sync List that changed, the contacts of accounts that changed (a renamed
 * account is a new company for all its contacts), and employees on anybody's list. Siebel tells nothing of records that
 * left a list or were deleted; the census and reads find those.
 */
export async function changes(
  siebel: Siebel,
  requests: readonly ChangeRequest[],
): Promise<readonly ChangeAnswer[]> {
  return Promise.all(requests.map(({ cursor }) => changesSince(siebel, cursorFrom(cursor))));
}

/** One page of the records on a person's Sync List. A page that is shorter than its own count says is a failure. */
export async function census(
  siebel: Siebel,
  requests: readonly CensusRequest[],
): Promise<readonly CensusAnswer[]> {
  return Promise.all(requests.map((request) => censusPage(siebel, request)));
}

async function censusPage(siebel: Siebel, { login, kind, offset }: CensusRequest): Promise<CensusAnswer> {
  const component = kind === 'contact' ? 'Contact' : 'Employee';
  const spec = listedSpec(siebel, component, login);
  if (spec === null) return { answer: 'page', total: 0, sightings: [] };
  const page = await countedPage(siebel, { ...wholeQuery(siebel, component, spec), offset });
  if ('kind' in page) return { answer: 'failed', failure: page };
  const { rows, total } = page;
  return { answer: 'page', total, sightings: rows.map((row) => sightingOf(siebel, component, row)) };
}

type Cursor = Readonly<{ contact: Mark; account: Mark; employee: Mark }>;

async function changesSince(siebel: Siebel, cursor: Cursor | null): Promise<ChangeAnswer> {
  if (cursor === null) return firstRound(siebel);
  const [contact, account, employee] = await Promise.all([
    pollSince(siebel, listedPoll(siebel, 'Contact'), cursor.contact),
    pollSince(siebel, accountPoll(siebel), cursor.account),
    pollSince(siebel, listedPoll(siebel, 'Employee'), cursor.employee),
  ]);
  if (contact.answer === 'failed') return contact;
  if (account.answer === 'failed') return account;
  if (employee.answer === 'failed') return employee;
  const ofAccounts = await contactsOf(siebel, account.rows.filter(isOld));
  if ('kind' in ofAccounts) return { answer: 'failed', failure: ofAccounts };
  const next: Cursor = { contact: contact.mark, account: account.mark, employee: employee.mark };
  const rows = [
    ...[...contact.rows, ...ofAccounts].map((row) => seen(siebel, 'Contact', row)),
    ...employee.rows.map((row) => seen(siebel, 'Employee', row)),
  ];
  const latest = new Map(rows.map((row) => [row.ref, row]));
  return { answer: 'changes', rows: [...latest.values()], next: JSON.stringify(next), isWhole: false };
}

/** From now on; what exists already is found by the census. */
async function firstRound(siebel: Siebel): Promise<ChangeAnswer> {
  const [contact, account, employee] = await Promise.all([
    firstMark(siebel, 'Contact', listedPoll(siebel, 'Contact')),
    firstMark(siebel, 'Account', null),
    firstMark(siebel, 'Employee', null),
  ]);
  if ('kind' in contact) return { answer: 'failed', failure: contact };
  if ('kind' in account) return { answer: 'failed', failure: account };
  if ('kind' in employee) return { answer: 'failed', failure: employee };
  const next: Cursor = { contact, account, employee };
  return { answer: 'changes', rows: [], next: JSON.stringify(next), isWhole: false };
}

function listedPoll(siebel: Siebel, component: Listed): Poll | null {
  const filter = listedSpec(siebel, component, null);
  if (filter === null) return null;
  const query = wholeQuery(siebel, component, null);
  return { query, filter, prints: (row) => print(sightingOf(siebel, component, row).version) };
}

/** Only a new name or place of an account matters to its contacts. */
function accountPoll(siebel: Siebel): Poll {
  const query = { ...wholeQuery(siebel, 'Contact', null), component: 'Account' as const, children: {} };
  const fields = ['Id', 'Updated', 'Mod Id', 'Name', 'Location'];
  const prints = ({ values }: Row) => print(JSON.stringify([values['Name'], values['Location']]));
  return { query: { ...query, fields }, filter: null, prints };
}

/** A new account has no old name: whatever contact is given to it changes itself. */
function isOld({ values }: Row): boolean {
  return values['Mod Id'] !== '0';
}

async function contactsOf(siebel: Siebel, accounts: readonly Row[]): Promise<readonly Row[] | Failure> {
  const listed = listedSpec(siebel, 'Contact', null);
  const field = siebel.field('Account Id');
  const both = (or: Spec) => (listed === null ? or : every([or, listed]));
  const pages = await Promise.all(
    chunked(accounts, ({ id }) => equals(field, id), { wrap: both }).map(({ spec }) =>
      listAll(siebel, wholeQuery(siebel, 'Contact', spec)),
    ),
  );
  const rows: Row[] = [];
  for (const page of pages) {
    if (page.answer === 'failed') return page.failure;
    rows.push(...page.rows);
  }
  return rows;
}

function seen(siebel: Siebel, component: Listed, row: Row): ChangeRow {
  const sighting = sightingOf(siebel, component, row);
  return { change: 'seen', ref: sighting.ref, version: sighting.version, isMarked: true, sighting };
}

/** A cursor of another make is as good as none: the census catches up what a new start leaves out. */
function cursorFrom(text: string | null): Cursor | null {
  if (text === null) return null;
  const value: unknown = JSON.parse(text);
  return isCursor(value) ? value : null;
}

function isCursor(value: unknown): value is Cursor {
  if (typeof value !== 'object' || value === null) return false;
  return 'contact' in value && 'account' in value && 'employee' in value;
}
