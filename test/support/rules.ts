import type { World } from './world.ts';

type ActivityDomain = 'appointment' | 'task';

/** Changes rules of one domain in the policy; the others stay as they are. */
export function rulesFor(world: World, domain: ActivityDomain) {
  return (change: Record<string, unknown>): Promise<void> =>
    world.policy((policy) => void Object.assign(policy.domains[domain], change));
}

/** Changes the rule of one field. */
export function fieldRule(
  world: World,
  { domain, field, rule }: Readonly<{ domain: ActivityDomain; field: string; rule: Record<string, unknown> }>,
): Promise<void> {
  return world.policy((policy) => {
    const fields = policy.domains[domain]['fields'] as unknown as Record<string, Record<string, unknown>>;
    Object.assign(fields[field] ?? {}, rule);
  });
}
