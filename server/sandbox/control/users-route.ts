import type { NewEmployee } from '../siebel/base-data.ts';
import { SiebelError } from '../siebel/errors.ts';
import { isZone } from '../siebel/sign-in.ts';
import type { WireAnswer } from '../wire.ts';
import type { Person } from '../world.ts';
import { DeskError, listFrom, textFrom, type Body, type Sandbox } from './desk-input.ts';

/** `POST /sandbox/users`: Siebel employees with a mailbox each; all are checked before the first is made. */
export function addUsers(sandbox: Sandbox, body: unknown): WireAnswer {
  const users = listFrom(body).map((one) => userFrom(sandbox, one));
  refuseTwins(users);
  const people = users.map((user) => addUser(sandbox, user));
  const answer = people.map(({ login, mailbox, employeeId, userId }) => ({
    login,
    mailbox,
    employeeId,
    userId,
  }));
  return { status: 201, body: answer };
}

/** `login` is null for a mailbox outside the company: no Siebel employee. */
type NewUser = Omit<NewEmployee, 'login'> & Readonly<{ login: string | null }>;

function userFrom({ world }: Sandbox, body: Body): NewUser {
  const mailbox = textFrom(body, 'mailbox').trim().toLowerCase();
  const isEmployee = body['employee'] !== false;
  const login = isEmployee ? textFrom(body, 'login') : null;
  const timeZone = body['timeZone'] === undefined ? 'UTC' : textFrom(body, 'timeZone');
  if (!mailbox.includes('@')) throw new DeskError(400, `"${mailbox}" is no mail address.`);
  if (!isZone(timeZone)) throw new DeskError(400, `"${timeZone}" is no IANA time zone.`);
  if (world.people.byMailbox(mailbox)) throw new DeskError(409, `The mailbox ${mailbox} exists already.`);
  if (login !== null && world.people.byLogin(login))
    throw new DeskError(409, `The login ${login} exists already.`);
  const local = mailbox.slice(0, mailbox.indexOf('@'));
  return {
    login,
    firstName: isEmployee ? textFrom(body, 'firstName') : nameOr(body['firstName'], local),
    lastName: isEmployee ? textFrom(body, 'lastName') : nameOr(body['lastName'], ''),
    mailbox,
    timeZone,
    position: typeof body['position'] === 'string' ? body['position'] : null,
  };
}

function nameOr(value: unknown, standard: string): string {
  return typeof value === 'string' ? value : standard;
}

function refuseTwins(users: readonly NewUser[]): void {
  for (const values of [users.map(({ mailbox }) => mailbox), users.flatMap(({ login }) => login ?? [])]) {
    const twin = values.find((value, at) => values.indexOf(value) !== at);
    if (values.length !== new Set(values).size) throw new DeskError(409, `${twin} occurs twice.`);
  }
}

/** Makes one person in both systems and enters them in the register. */
export function addUser({ world, graph, siebel }: Sandbox, user: NewUser): Person {
  const { login, firstName, lastName, mailbox, timeZone, position } = user;
  const employeeId =
    login === null ? null : employeeOf(siebel, { login, firstName, lastName, mailbox, timeZone, position });
  const displayName = `${firstName} ${lastName}`.trim();
  const { userId } = graph.addUser({
    mailbox,
    displayName,
    givenName: firstName,
    surname: lastName,
    timeZone,
  });
  const person: Person = { mailbox, userId, displayName, login, employeeId };
  world.people.add(person);
  return person;
}

function employeeOf(
  siebel: Sandbox['siebel'],
  employee: Parameters<Sandbox['siebel']['addEmployee']>[0],
): string {
  try {
    return siebel.addEmployee(employee);
  } catch (error) {
    if (error instanceof SiebelError) throw new DeskError(409, error.message);
    throw error;
  }
}
