import type { Domain } from '../shared/domain.ts';
import type { Policy } from '../shared/policy.ts';
import type { Holder, Stamp } from './connectors/connector.ts';
import type { Login } from './connectors/directory.ts';
import { categoriesOf } from './core/policy.ts';
import type { Ref, Version } from './core/snapshot.ts';
import type { PersonRow } from './store/people-at-work.ts';

/** A login as Siebel spells it; the user map is where texts become logins. */
export function loginFrom(text: string): Login {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place of the user map that names it so
  return text as Login;
}

/** An id a caller gave, where a connector wants a name of its own; the connector answers whether there is such an item. */
export function refFrom(text: string): Ref {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what callers send can only be tried
  return text as Ref;
}

/** The id users know an Outlook item by: of a task To Do's own, without its list. */
export function outlookIdOf(domain: Domain, ref: string): string;
export function outlookIdOf(domain: Domain, ref: string | null): string | null;
export function outlookIdOf(domain: Domain, ref: string | null): string | null {
  return ref !== null && domain === 'task' ? ref.slice(ref.indexOf('/') + 1) : ref;
}

/** Our ids serve as stamps: a record's own stamp in Siebel, a Link's id in Outlook. */
export function stampFrom(id: string): Stamp {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place where an id becomes a stamp
  return id as Stamp;
}

/** The version of what has not been read yet: no item has it, so that every look brings news. */
export function noVersion(): Version {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- no connector gives an empty version
  return '' as Version;
}

/** What a connector must know to look into a person's mailbox, for the API and the commands. */
export function holderFor(row: PersonRow, policy: Policy): Holder {
  return {
    personId: row.id,
    mailbox: row.mailbox,
    userId: row.user_id ?? row.mailbox,
    login: loginFrom(row.siebel_login),
    employeeId: row.employee_id ?? '',
    timeZone: row.time_zone ?? 'UTC',
    marks: categoriesOf(policy, row.language),
  };
}
