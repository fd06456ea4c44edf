import type { World } from '../world.ts';
import { componentOf } from './catalog.ts';
import { listsOfValues } from './components/list-of-values.ts';
import type { Engine } from './engine.ts';
import { link } from './links.ts';
import type { Session } from './session.ts';
import { adminLogin } from './sign-in.ts';
import { Store } from './store.ts';
import { adminId } from './visibility.ts';
import { insertRow } from './write-row.ts';

const defaultOrganizationId = '0-R9NH';
const adminPositionId = '0-5220';

/** The service account before it is a row: who makes the first rows. */
const adminSession: Session = {
  employeeId: adminId,
  login: adminLogin,
  zone: 'UTC',
  positionId: adminPositionId,
  organizationId: defaultOrganizationId,
  isAdmin: true,
  isGuest: false,
};

/** A database with what every Siebel has: an organisation, SADMIN, and the lists of values. */
export function emptyStore(world: World): Store {
  const store = new Store(world);
  const engine: Engine = { world, store, session: adminSession };
  put(engine, 'Organization', { Name: 'Default Organization' }, defaultOrganizationId);
  put(
    engine,
    'Position',
    { Name: 'Siebel Administrator', 'Organization Id': defaultOrganizationId },
    adminPositionId,
  );
  put(
    engine,
    'Employee',
    { 'Login Name': adminLogin, 'First Name': 'Siebel', 'Last Name': 'Administrator', 'Time Zone': 'UTC' },
    adminId,
  );
  hold(engine, adminId, adminPositionId);
  for (const [type, values] of Object.entries(listsOfValues)) {
    for (const [at, value] of values.entries()) {
      put(engine, 'List Of Values', { Type: type, Name: value, Value: value, Order: String(at + 1) });
    }
  }
  return store;
}

export type NewEmployee = Readonly<{
  login: string;
  firstName: string;
  lastName: string;
  mailbox: string;
  /** IANA name. */
  timeZone: string;
  /** Name of a position, shared by all who name it; null for one of their own. */
  position: string | null;
}>;

/** Creates an employee with a position in the default organisation; answers the row id. */
export function addEmployee(world: World, store: Store, employee: NewEmployee): string {
  const engine: Engine = { world, store, session: adminSession };
  return store.transaction(() => {
    const id = put(engine, 'Employee', {
      'Login Name': employee.login,
      'First Name': employee.firstName,
      'Last Name': employee.lastName,
      'EMail Addr': employee.mailbox,
      'Time Zone': employee.timeZone,
    });
    hold(engine, id, positionOf(engine, employee));
    return id;
  });
}

function positionOf(engine: Engine, { position, login }: NewEmployee): string {
  const name = position ?? `Sales Representative ${login}`;
  const [known] = position === null ? [] : engine.store.table('Position').equalTo('Name', name);
  return known ?? put(engine, 'Position', { Name: name, 'Organization Id': defaultOrganizationId });
}

function hold(engine: Engine, employeeId: string, positionId: string): void {
  link(engine, engine.store.relation('employee-position'), [employeeId, positionId]);
}

function put(
  engine: Engine,
  component: string,
  values: Readonly<Record<string, string>>,
  id: string | null = null,
): string {
  return insertRow(engine, componentOf(component), { values, children: [] }, id);
}
