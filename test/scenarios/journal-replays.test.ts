import { describe, expect, test } from 'vitest';
import { reconcile } from '../../server/core/plan.ts';
import { resolvePolicy } from '../../server/core/policy.ts';
import type { Ruling } from '../../server/engine/people.ts';
import type { Pass } from '../../server/engine/turn-state.ts';
import { defaultPolicy } from '../../shared/policy.ts';
import { useWorld } from '../support/world.ts';

type Replay = Readonly<{ rules: Ruling; passes: Readonly<Record<string, Pass>> }>;

describe('the journal', () => {
  const world = useWorld();

  test('holds all that a decision was made from: deciding it again gives the same plan', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    const id = await ana.siebel.addContact({
      'First Name': 'Rita',
      'Last Name': 'Replay',
      'Job Title': 'Buyer',
    });
    await world.siebel.list(id, [ana.employeeId, bruno.employeeId]);
    await world.sync();
    const copy = await ana.outlook.contact('Rita', 'Replay');
    await ana.outlook.change(copy.id, { jobTitle: 'Outlook title', mobilePhone: '555 0120' });
    await ana.siebel.change(id, { 'Job Title': 'Siebel title' });
    await world.sync();
    await ana.outlook.remove((await ana.outlook.contact('Rita', 'Replay')).id);
    await world.sync();

    const entries = await world.context().db.selectFrom('journal').select('replay').execute();
    const replays = entries.map((entry) => entry.replay as Replay);
    expect(replays.length).toBeGreaterThanOrEqual(5);
    for (const { rules, passes } of replays) {
      expect(rules.policyVersion).toBe(0);
      const { kind, person, held } = rules;
      const holds = {
        siebel: (field: string) => held.siebel.some((one) => one === field),
        exchange: (field: string) => held.exchange.some((one) => one === field),
      };
      for (const { base, seen, isKept, decisions, plan } of Object.values(passes)) {
        const again = { ...resolvePolicy({ policy: defaultPolicy, kind, person, holds }), isKept };
        expect(JSON.parse(JSON.stringify(reconcile(base, seen, again, decisions)))).toEqual(plan);
      }
    }
    await world.isQuiet();
  });
});
