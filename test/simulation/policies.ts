import { domains, type Domain } from '../../shared/domain.ts';
import { defaultPolicy, type Policy } from '../../shared/policy.ts';

/** The shipped policy with some domains only; the others are switched off. */
export function policyAbout(about: readonly Domain[], policy: Policy = defaultPolicy): Policy {
  const { contact, appointment, task } = policy.domains;
  const off = new Set(domains.filter((domain) => !about.includes(domain)));
  return {
    ...policy,
    domains: {
      contact: off.has('contact') ? { ...contact, level: 'none' } : contact,
      appointment: off.has('appointment') ? { ...appointment, level: 'none' } : appointment,
      task: off.has('task') ? { ...task, level: 'none' } : task,
    },
  };
}

/** Nothing is ever held for being much. */
export function withoutGuards(policy: Policy): Policy {
  const off = { count: null, percent: null };
  const deletions = { contact: off, appointment: off, task: off };
  return { ...policy, guards: { deletions, creates: off, updates: off, mails: { count: null } } };
}
