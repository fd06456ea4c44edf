import { defaultPolicy, type Policy } from '../../shared/policy.ts';
import type { Both } from '../../shared/domain.ts';
import { emptyItem } from '../../server/core/fields/contact.ts';
import { resolvePolicy, type Rules } from '../../server/core/policy.ts';
import { bothOf } from '../../server/core/side.ts';
import { never } from '../../server/core/snapshot.ts';
import { Ledger } from './ledger.ts';
import { write } from './people.ts';
import type { Chance } from './random.ts';
import { SimulatedSide } from './side.ts';
import { played, type Brain, type History } from './state.ts';

/** A world with one side filled or both, under rules drawn by chance. */
export function begin(chance: Chance, brain: Brain): History {
  const cut = chance.is(0.7) ? 8 : 255;
  const sides = {
    siebel: new SimulatedSide('siebel', { holds: (field) => field !== 'spouse', cut }),
    exchange: new SimulatedSide('exchange', { holds: () => true, cut: 255 }),
  };
  const history: History = {
    chance,
    brain,
    sides,
    rules: anyRules(chance, sides),
    ledger: new Ledger(),
    violations: [],
    failing: 0.25 + chance.next() * 0.25,
    // A lost answer to a write that was cut short looks like a person's edit; only a journal of intents could tell.
    mayLoseAnswers: cut > 8,
    base: { siebel: never, exchange: never },
    isOpen: true,
    mustLook: true,
    decisions: {},
    asked: [],
    isUnsure: false,
    turns: 0,
  };
  const born = chance.pick([['siebel'], ['exchange'], ['siebel', 'exchange']] as const);
  for (const side of born) sides[side].write([], emptyItem);
  for (const side of born) for (const field of played) if (chance.is(0.5)) write(history, side, field);
  history.ledger.met(
    bothOf((side) => sides[side].item),
    played,
  );
  return history;
}

function anyRules(chance: Chance, sides: Both<SimulatedSide>): Rules {
  const contact = defaultPolicy.domains.contact;
  const field = { enabled: true, direction: 'both', conflictWinner: null, siebelField: null } as const;
  const policy: Policy = {
    ...defaultPolicy,
    domains: {
      ...defaultPolicy.domains,
      contact: {
        ...contact,
        level: chance.pick(['full', 'full', 'full', 'full', 'export-only', 'import-only'] as const),
        conflictWinner: chance.pick(['siebel', 'siebel', 'exchange', 'ask'] as const),
        editAgainstDelete: chance.pick(['edit-wins', 'edit-wins', 'delete-wins'] as const),
        deletions: { inSiebel: chance.is(0.8), inExchange: chance.is(0.8) },
        fields: {
          ...contact.fields,
          jobTitle: { ...field, direction: 'to-exchange' },
          office: { ...field, direction: 'to-siebel' },
          manager: { ...field, enabled: false },
        },
      },
    },
  };
  const person = { mailbox: 'ana@example.com', groups: { position: [], organization: [] }, levels: {} };
  const kind = chance.pick(['business', 'business', 'personal', 'employee'] as const);
  return resolvePolicy({ policy, kind, person, holds: bothOf((side) => sides[side].holds) });
}
