import { emptyContact, type Contact } from '../../../shared/contact.ts';
import type { Failure, Sighting } from '../connector.ts';
import type { Employee, Login } from '../directory.ts';
import type { Person } from './activity/people-memory.ts';
import { loginsOf, versionOf } from './contact.ts';
import type { EmployeeMap } from './employee-map.ts';
import { listAll } from './listing.ts';
import { chunked, equals, type Spec } from './search-spec.ts';
import type { Siebel } from './siebel.ts';
import { loginFrom, refOf } from './names.ts';
import { valueOf, type Row } from './wire.ts';

/** An employee as a contact in Outlook; only ever exported. */
function contactFromEmployee(row: Row, map: EmployeeMap): Contact {
  const entries = Object.entries(map).map(([field, name]) => [
    field,
    valueOf(row, name)?.split('\n')[0] ?? null,
  ]);
  return { ...emptyContact, ...Object.fromEntries(entries) };
}

export function sightingFromEmployee(row: Row, siebel: Pick<Siebel, 'map' | 'employeeMap'>): Sighting {
  const item = contactFromEmployee(row, siebel.employeeMap);
  const members = loginsOf(row.children[siebel.map.children.employeeSyncList ?? ''], 'Login Name');
  return {
    ref: refOf('Employee', row.id),
    version: versionOf(row, [item, members]),
    item,
    kind: 'employee',
    isMarked: true,
    members,
    team: [],
    stamp: null,
    uid: null,
  };
}

/** Employees by login, in the order asked; `null` where Siebel has none of that login. */
export async function employees(
  siebel: Siebel,
  logins: readonly Login[],
): Promise<readonly (Employee | null)[] | Failure> {
  const field = siebel.field('Login Name');
  const found = new Map<string, Employee>();
  const pages = await Promise.all(
    chunked([...new Set(logins)], (login) => equals(field, login)).map(({ spec }) =>
      employeesOf(siebel, spec),
    ),
  );
  for (const page of pages) {
    if ('kind' in page) return page;
    for (const employee of page) {
      found.set(employee.login, employee);
      siebel.activity.people.keep(employee.login, personFrom(employee));
    }
  }
  return logins.map((login) => found.get(login) ?? null);
}

/** Whoever was just looked up need not be asked for again for the zone their activities are in. */
function personFrom({ id, login, email, firstName, lastName, isActive, timeZone }: Employee): Person {
  const names = [firstName, lastName].filter((part) => part !== null);
  const name = names.length === 0 ? null : names.join(' ');
  return { id, login, address: email?.trim().toLowerCase() ?? null, name, isActive, timeZone };
}

/** Every active employee who can sign in. */
export async function everyEmployee(siebel: Siebel): Promise<readonly Employee[] | Failure> {
  return employeesOf(siebel, equals(siebel.field('Employment Status'), 'Active'));
}

async function employeesOf(siebel: Siebel, spec: Spec): Promise<readonly Employee[] | Failure> {
  const { position } = siebel.map.children;
  const listing = await listAll(siebel, {
    component: 'Employee',
    spec,
    fields: null,
    children: { [position]: ['Id', 'Name', 'Organization'] },
    size: siebel.settings.pageSize,
  });
  if (listing.answer === 'failed') return listing.failure;
  return listing.rows.flatMap((row) => employeeFrom(row, siebel.employeeMap, position) ?? []);
}

/** People without a login are in Siebel's books only and cannot hold anything. */
function employeeFrom(row: Row, map: EmployeeMap, position: string): Employee | null {
  const login = valueOf(row, 'Login Name');
  if (login === null) return null;
  return {
    id: row.id,
    login: loginFrom(login),
    firstName: valueOf(row, map.firstName),
    lastName: valueOf(row, map.lastName),
    email: valueOf(row, map.email1),
    isActive: (valueOf(row, 'Employment Status') ?? 'Active') === 'Active',
    timeZone: valueOf(row, 'Time Zone'),
    positions: primaryFirst(row, row.children[position] ?? []).map((one) => ({
      id: one.id,
      name: valueOf(one, 'Name') ?? '',
      organization: valueOf(one, 'Organization'),
    })),
  };
}

function primaryFirst(row: Row, positions: readonly Row[]): readonly Row[] {
  const primaryId = row.values['Primary Position Id'];
  return [
    ...positions.filter(({ id }) => id === primaryId),
    ...positions.filter(({ id }) => id !== primaryId),
  ];
}
