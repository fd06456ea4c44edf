import type { Failure } from './connectors/connector.ts';
import type { Employee, MailboxUser } from './connectors/directory.ts';
import type { Context } from './context.ts';
import { loginFrom } from './holder.ts';
import { leaveCues } from './store/cues.ts';
import type { PersonRow } from './store/people-at-work.ts';
import { mapPerson, personByMailbox, type Identity, type Mapping } from './store/people.ts';

export type MapRefusal = 'mailboxTaken' | 'loginTaken' | 'mailboxMissing' | 'loginMissing';

export type Mapped =
  | Readonly<{ mapped: 'added' | 'changed'; person: PersonRow }>
  | Readonly<{ refused: MapRefusal; reason: string }>;

/**
 * Maps one person and lets sync begin. Both systems are asked who they are; what one of them surely does not know is
 * refused, what cannot be asked right now is found out by the first sweep.
 */
export async function mapOne(
  context: Context,
  request: Readonly<{ mapping: Mapping; mayChangeLogin: boolean }>,
): Promise<Mapped> {
  const { mapping } = request;
  const known = await personByMailbox(context.db, mapping.mailbox);
  const isSettled = known?.user_id && known.employee_id && known.siebel_login === mapping.siebelLogin;
  const identity = isSettled || !mapping.enabled ? null : await identify(context, mapping);
  if (identity && 'refused' in identity) return identity;
  return keepMapping(context, { ...request, identity });
}

/** Writes a mapping whose person has been looked up, and leaves the cues that begin with it. */
export async function keepMapping(
  { db, clock, newId }: Context,
  request: Readonly<{ mapping: Mapping; mayChangeLogin: boolean; identity: Identity | null }>,
): Promise<Mapped> {
  const now = clock.now();
  const answer = await mapPerson(db, { ...request, id: newId(), now });
  if (answer.mapped === 'refused') return refusal(answer.why, request.mapping, answer.by);
  const { id, loaded } = answer.person;
  // A first load reads the lists itself; whoever had one and was away has missed what happened to them meanwhile.
  const isBack = Object.keys(loaded).length > 0;
  const cause = isBack ? 'request' : 'start';
  const siebel = { kind: 'siebel', personId: null, recordId: null, cause } as const;
  const mailbox = { kind: 'mailbox', personId: id, recordId: null, cause } as const;
  await leaveCues(db, isBack ? [mailbox, siebel] : [mailbox], now);
  return answer;
}

async function identify(
  { exchange, siebel }: Context,
  { mailbox, siebelLogin }: Mapping,
): Promise<Identity | null | Extract<Mapped, { refused: string }>> {
  const [[user = null], employees] = await Promise.all([
    exchange.mailboxes([mailbox]),
    siebel.employees([loginFrom(siebelLogin)]),
  ]);
  const employee = isFailure(employees) ? employees : (employees[0] ?? null);
  return identityFrom({ mailbox, siebelLogin, user, employee });
}

/** What both systems answered about a person, as an identity, a refusal, or null where one could not be asked. */
export function identityFrom(found: {
  mailbox: string;
  siebelLogin: string;
  user: MailboxUser | Failure | null;
  employee: Employee | Failure | null;
}): Identity | null | Extract<Mapped, { refused: string }> {
  const { mailbox, siebelLogin, user, employee } = found;
  if (user === null || (isFailure(user) && user.kind === 'mailboxGone')) {
    return {
      refused: 'mailboxMissing',
      reason: `Microsoft 365 knows no mailbox ${mailbox}; check the address, or create the mailbox first.`,
    };
  }
  if (employee === null) {
    return {
      refused: 'loginMissing',
      reason: `Siebel knows no employee with the login ${siebelLogin}; check its spelling, capitals included.`,
    };
  }
  if (isFailure(user) || isFailure(employee)) return null;
  return {
    userId: user.userId,
    employeeId: employee.id,
    timeZone: user.timeZone ?? employee.timeZone,
    addresses: user.addresses,
    positions: employee.positions,
  };
}

export function isFailure(answer: object): answer is Failure {
  return 'reach' in answer && 'reason' in answer;
}

/** Whether a `YYYY-MM-DD` is a day of the calendar. */
export function isDate(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    // Temporal has no other way to ask.
    return false;
  }
}

function refusal(
  why: 'mailboxTaken' | 'loginTaken',
  { mailbox, siebelLogin }: Mapping,
  by: PersonRow,
): Mapped {
  return why === 'mailboxTaken'
    ? {
        refused: why,
        reason: `The mailbox ${mailbox} is mapped to the Siebel login ${by.siebel_login} as ${by.mailbox}, and cannot also be ${siebelLogin}'s; end that mapping first.`,
      }
    : {
        refused: why,
        reason: `The Siebel login ${siebelLogin} is mapped to the mailbox ${by.mailbox}, and cannot also have ${mailbox}; end that mapping first.`,
      };
}
