import type { Both, Domain } from '../../shared/domain.ts';
import { defaultPolicy, type FieldPolicy, type Policy } from '../../shared/policy.ts';
import { emptyOf } from '../../server/core/fields/item.ts';
import { meetingRules, type MeetingContext } from '../../server/core/meeting.ts';
import { resolvePolicy, type Rules } from '../../server/core/policy.ts';
import { bothOf } from '../../server/core/side.ts';
import { never } from '../../server/core/snapshot.ts';
import { Ledger } from './ledger.ts';
import { write } from './people.ts';
import type { Chance } from './random.ts';
import { SimulatedSide } from './side.ts';
import { fieldsIn, playedIn, type Brain, type History } from './state.ts';

/** A world with one side filled or both, under rules drawn by chance. */
export function begin(
  chance: Chance,
  { brain, domain }: Readonly<{ brain: Brain; domain: Domain }>,
): History {
  const { notInSiebel } = playedIn[domain];
  const played = fieldsIn(playedIn[domain]);
  const cut = chance.is(0.7) ? 8 : 255;
  const sides = {
    siebel: new SimulatedSide('siebel', { holds: (field) => field !== notInSiebel, cut }),
    exchange: new SimulatedSide('exchange', { holds: () => true, cut: 255 }),
  };
  const history: History = {
    played,
    chance,
    brain,
    sides,
    rules: anyRules(chance, { sides, domain }),
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
  for (const side of born) sides[side].write([], emptyOf(domain));
  for (const side of born) for (const field of played) if (chance.is(0.5)) write(history, side, field);
  history.ledger.met(
    bothOf((side) => sides[side].item),
    played,
  );
  return history;
}

type Around = Readonly<{ sides: Both<SimulatedSide>; domain: Domain }>;

function anyRules(chance: Chance, { sides, domain }: Around): Rules {
  const field: FieldPolicy = { enabled: true, direction: 'both', conflictWinner: null, siebelField: null };
  const { toExchange, toSiebel, off } = playedIn[domain];
  const { domains } = defaultPolicy;
  const own = domains[domain];
  const changed = {
    level: chance.pick(['full', 'full', 'full', 'full', 'export-only', 'import-only'] as const),
    conflictWinner: chance.pick(['siebel', 'siebel', 'exchange', 'ask'] as const),
    editAgainstDelete: chance.pick(['edit-wins', 'edit-wins', 'delete-wins'] as const),
    deletions: { inSiebel: chance.is(0.8), inExchange: chance.is(0.8) },
    fields: {
      ...own.fields,
      [toExchange]: { ...field, direction: 'to-exchange' as const },
      [toSiebel]: { ...field, direction: 'to-siebel' as const },
      [off]: { ...field, enabled: false },
    },
  };
  const policy: Policy = { ...defaultPolicy, domains: { ...domains, [domain]: { ...own, ...changed } } };
  const person = { mailbox: 'ana@example.com', groups: { position: [], organization: [] }, levels: {} };
  const kind =
    domain === 'contact' ? chance.pick(['business', 'business', 'personal', 'employee'] as const) : domain;
  const rules = resolvePolicy({ policy, kind, person, holds: bothOf((side) => sides[side].holds) });
  return domain === 'appointment' ? meetingRules(rules, anyContext(chance)) : rules;
}

/** An appointment without guests, a meeting whose changes wait or are let through, a copy of ours, an invitation. */
function anyContext(chance: Chance): MeetingContext {
  const role = chance.pick(['organizer', 'organizer', 'organizer', 'copy', 'attendee'] as const);
  const isMeeting = role === 'organizer' && chance.is(0.5);
  return {
    role,
    isOrganizerLinked: role === 'attendee',
    isOwner: role === 'organizer',
    isAlone: role === 'organizer',
    isFirstContact: false,
    isSilent: false,
    isPast: false,
    isOnlineMeeting: false,
    isMasked: false,
    isHushed: false,
    isPrivate: false,
    guests: isMeeting ? ['maria@customer.example'] : [],
    outsiders: isMeeting ? ['maria@customer.example'] : [],
    copyHolders: [],
    guestMail: 'always',
    mailKinds: { invitation: 'allow', update: chance.pick(['allow', 'defer']), cancellation: 'allow' },
  };
}
