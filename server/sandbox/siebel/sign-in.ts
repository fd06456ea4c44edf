import { textOr } from '../json.ts';
import type { WireRequest } from '../wire.ts';
import type { World } from '../world.ts';
import { fail } from './errors.ts';
import type { Session } from './session.ts';
import type { Row } from './row.ts';
import type { Store } from './store.ts';
import { adminId } from './visibility.ts';

/** The login of the service account; its password is the same, as everybody's is in the sandbox. */
export const adminLogin = 'SADMIN';

const guest: Session = {
  employeeId: '0-0',
  login: 'GUEST',
  zone: 'UTC',
  positionId: '',
  organizationId: '',
  isAdmin: false,
  isGuest: true,
};

/**
 * Who a request runs as. Basic takes a login with itself as password; Bearer a token of the sandbox's Entra, a person's
 * by its mailbox or the app's own as the service account. A gateway may name another user in the trusted header.
 * Refused with 401, or run as a guest while the switch says so.
 */
export async function sessionOf(world: World, store: Store, request: WireRequest): Promise<Session> {
  const login = await loginOf(world, store, request.headers['authorization'] ?? '');
  const session = login === null ? null : sessionOfLogin(store, login);
  if (session === null) {
    if (world.switches.isOn('siebel.anonymousFallback')) return guest;
    throw fail.unauthorized();
  }
  const header = String(world.switches.value('siebel.trustedUserHeader')).toLowerCase();
  const trusted = header === '' ? undefined : request.headers[header];
  if (trusted === undefined) return session;
  const acting = sessionOfLogin(store, trusted);
  if (acting === null) throw fail.unauthorized();
  return acting;
}

async function loginOf(world: World, store: Store, authorization: string): Promise<string | null> {
  const basic = /^Basic (.+)$/i.exec(authorization)?.[1];
  if (basic !== undefined) {
    const text = Buffer.from(basic, 'base64').toString('utf8');
    const split = text.indexOf(':');
    const login = text.slice(0, split);
    return split > 0 && text.slice(split + 1) === login ? login : null;
  }
  const bearer = /^Bearer (.+)$/i.exec(authorization)?.[1];
  const claims = bearer === undefined ? null : await world.verifyToken(bearer);
  if (claims === null) return null;
  if (claims['idtyp'] === 'app') return adminLogin;
  const mailbox = textOr(claims['preferred_username'], '');
  return world.people.byMailbox(mailbox)?.login ?? loginOfMailbox(store, mailbox);
}

function loginOfMailbox(store: Store, mailbox: string): string | null {
  const [id] = store.table('Employee').equalTo('EMail Addr', mailbox);
  return id === undefined ? null : (store.table('Employee').get(id)?.values['Login Name'] ?? null);
}

/** The session of an active employee, or null. */
function sessionOfLogin(store: Store, login: string): Session | null {
  const table = store.table('Employee');
  const employees = [...table.equalTo('Login Name', login)].map((id) => table.get(id));
  const employee = employees.find((row) => row?.values['Login Name'] === login) ?? null;
  if (employee === null || employee.values['Employment Status'] !== 'Active') return null;
  return sessionOfEmployee(store, employee);
}

function sessionOfEmployee(store: Store, employee: Row): Session {
  const positionId = employee.values['Primary Position Id'] ?? '';
  const position = store.table('Position').get(positionId);
  return {
    employeeId: employee.id,
    login: employee.values['Login Name'] ?? '',
    zone: zoneOrUtc(employee.values['Time Zone'] ?? ''),
    positionId,
    organizationId: position?.values['Organization Id'] ?? '',
    isAdmin: employee.id === adminId,
    isGuest: false,
  };
}

const zones = new Map<string, string>();

/** A profile whose zone no machine knows runs in UTC. */
function zoneOrUtc(name: string): string {
  const known = zones.get(name);
  if (known !== undefined) return known;
  const zone = isZone(name) ? name : 'UTC';
  zones.set(name, zone);
  return zone;
}

/** Whether the name is an IANA zone of this machine. */
export function isZone(name: string): boolean {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId !== '';
  } catch {
    // Temporal says no by throwing.
    return false;
  }
}
