import type { Failure } from '../../connector.ts';
import type { Login } from '../../directory.ts';
import { list, listEach } from '../listing.ts';
import { loginFrom } from '../names.ts';
import { chunked, equals, equalsIgnoringCase, some, type Chunk, type Spec } from '../search-spec.ts';
import type { Component } from '../settings.ts';
import type { Siebel } from '../siebel.ts';
import { contactMails } from '../sightings.ts';
import { valueOf, type Row } from '../wire.ts';
import { readWithinMs, type Person } from './people-memory.ts';

export type People = ReadonlyMap<Login, Person>;

/** Employees by login, asked for again after a while; logins Siebel does not have are left out. */
export async function peopleByLogin(
  siebel: Siebel,
  logins: readonly Login[],
  withinMs = readWithinMs,
): Promise<People | Failure> {
  const { people } = siebel.activity;
  const unknown = [...new Set(logins)].filter((login) => people.personOf(login, withinMs) === undefined);
  const field = siebel.field('Login Name');
  const found = await employeesFor(
    siebel,
    chunked(unknown, (login) => equals(field, login)),
  );
  if ('kind' in found) return found;
  for (const login of unknown) people.keep(login, found.find((one) => one.login === login) ?? null);
  return new Map(
    logins.flatMap((login) => {
      const person = people.personOf(login, readWithinMs) ?? null;
      return person === null ? [] : [[login, person] as const];
    }),
  );
}

/** Who of these addresses is an employee, and who a contact, by any of their addresses in lower case. */
export type Directory = Readonly<{
  employees: ReadonlyMap<string, Person>;
  /** Row ids. */
  contacts: ReadonlyMap<string, string>;
}>;

/** Looks many people up at once, employees first; who is neither is in neither map. */
export async function directoryFor(
  siebel: Siebel,
  addresses: readonly string[],
): Promise<Directory | Failure> {
  const asked = [...new Set(addresses)].filter((address) => address.length <= longestAddress);
  if (asked.length === 0) return { employees: new Map(), contacts: new Map() };
  const employees = await employeesWith(siebel, asked);
  if ('kind' in employees) return employees;
  const contacts = await contactsWith(
    siebel,
    asked.filter((address) => !employees.has(address)),
  );
  return 'kind' in contacts ? contacts : { employees, contacts };
}

/** The one of an address who works here, else one who did. */
async function employeesWith(
  siebel: Siebel,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, Person> | Failure> {
  const field = siebel.field(siebel.employeeMap.email1);
  const found = await employeesFor(
    siebel,
    chunked(addresses, (address) => equalsIgnoringCase(field, address)),
  );
  if ('kind' in found) return found;
  const byAddress = new Map<string, Person>();
  for (const person of [...found.filter(isActive), ...found.filter((one) => !one.isActive)]) {
    if (person.address !== null && !byAddress.has(person.address)) byAddress.set(person.address, person);
  }
  return byAddress;
}

/** No column for addresses is longer. */
const longestAddress = 350;

async function employeesFor(
  siebel: Siebel,
  chunks: readonly Chunk<unknown>[],
): Promise<readonly Person[] | Failure> {
  // Which fields an employee has differs from customer to customer; asking for all of them cannot fail.
  const rows = await rowsOf(siebel, 'Employee', { specs: chunks.map(({ spec }) => spec), fields: null });
  return 'kind' in rows ? rows : rows.flatMap((row) => personFrom(row, siebel) ?? []);
}

async function contactsWith(
  siebel: Siebel,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, string> | Failure> {
  const mails = contactMails(siebel.map);
  if (mails.length === 0 || addresses.length === 0) return new Map();
  const fields = ['Id', ...mails];
  const chunks = chunked(addresses, (address) =>
    some(mails.map((name) => equalsIgnoringCase(siebel.field(name), address))),
  );
  const specs = chunks.map(({ spec }) => spec);
  const isScan = chunks.length > 2 && (await pagesOfAll(siebel, fields)) < chunks.length;
  const rows = await rowsOf(siebel, 'Contact', { specs: isScan ? [null] : specs, fields });
  if ('kind' in rows) return rows;
  const byAddress = new Map<string, string>();
  for (const name of mails) {
    for (const row of rows) {
      const address = valueOf(row, name)?.trim().toLowerCase();
      if (address !== undefined && !byAddress.has(address)) byAddress.set(address, row.id);
    }
  }
  return byAddress;
}

/** How many pages it takes to see every contact; endless where Siebel does not count. */
async function pagesOfAll(siebel: Siebel, fields: readonly string[]): Promise<number> {
  const query = { component: 'Contact', spec: null, sort: null, fields, children: {}, offset: 0 } as const;
  const count = await list(siebel, { ...query, size: 1, withTotal: true });
  const total = count.answer === 'failed' ? null : count.total;
  return total === null ? Number.POSITIVE_INFINITY : 1 + Math.ceil(total / siebel.settings.pageSize);
}

function rowsOf(
  siebel: Siebel,
  component: Component,
  { specs, fields }: Readonly<{ specs: readonly (Spec | null)[]; fields: readonly string[] | null }>,
): Promise<readonly Row[] | Failure> {
  return listEach(siebel, specs, { component, fields, children: {}, size: siebel.settings.pageSize });
}

/** People without a login are in Siebel's books only. */
function personFrom(row: Row, { employeeMap }: Siebel): Person | null {
  const login = valueOf(row, 'Login Name');
  if (login === null) return null;
  return {
    id: row.id,
    login: loginFrom(login),
    address: valueOf(row, employeeMap.email1)?.trim().toLowerCase() ?? null,
    name: nameOf(row),
    isActive: (valueOf(row, 'Employment Status') ?? 'Active') === 'Active',
    timeZone: valueOf(row, 'Time Zone'),
  };
}

export function nameOf(row: Row): string | null {
  const parts = [valueOf(row, 'First Name'), valueOf(row, 'Last Name')].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' ');
}

function isActive(person: Person): boolean {
  return person.isActive;
}
