import type { Policy } from '../shared/policy.ts';
import type { Holder, Login } from './connectors/connector.ts';
import { categoriesOf } from './core/policy.ts';
import type { PersonRow } from './store/people-at-work.ts';

/** What a connector must know to look into a person's mailbox, for the API and the commands. */
export function holderFor(row: PersonRow, policy: Policy): Holder {
  return {
    personId: row.id,
    mailbox: row.mailbox,
    userId: row.user_id ?? row.mailbox,
    login: row.siebel_login as Login,
    employeeId: row.employee_id ?? '',
    marks: categoriesOf(policy, row.language),
  };
}
