import { defaultPolicy, type Policy } from '../../shared/policy.ts';
import type { Db } from '../../server/store/db.ts';
import { savePolicy } from '../../server/store/policy.ts';
import { forgetAll, openMemoryWorld } from '../support/memory-world.ts';
import { calendarOfficeOf, doSomethingInCalendars } from './calendar-office.ts';
import { calendarWrongsOf } from './calendar-wrongs.ts';
import { policyAbout, withoutGuards } from './policies.ts';
import { chanceFrom, type Chance } from './random.ts';
import { replaysOf } from './replays.ts';
import { clearUp, storm, unrest } from './storm.ts';
import { mishapsOf, skyOf } from './weather.ts';

const logins = ['ANA', 'BRUNO', 'CHEN'];

/** Lives one history of calendars and task lists, and says what went wrong. */
export async function live(db: Db, seed: number): Promise<readonly string[]> {
  await forgetAll(db);
  const chance = chanceFrom(seed);
  const sky = skyOf(chance);
  const mishap = mishapsOf(sky);
  const world = await openMemoryWorld(db, logins, { siebel: { mishap }, exchange: { mishap } });
  const policy = anyPolicy(chance);
  await savePolicy(db, { document: policy, at: world.clock.now(), by: 'test' });
  const office = calendarOfficeOf(world, chance, logins);
  await storm(world, sky, () => doSomethingInCalendars(office));
  await clearUp(world, sky);
  const journal = await db.selectFrom('journal').select(['lost', 'replay']).execute();
  const named = JSON.stringify(journal.map(({ lost }) => lost));
  return [
    ...calendarWrongsOf(office, policy, named),
    ...replaysOf(journal, policy),
    ...(await unrest(world, sky)),
  ];
}

function anyPolicy(chance: Chance): Policy {
  const policy = withoutGuards(policyAbout(['appointment', 'task'], defaultPolicy));
  const appointment = {
    ...policy.domains.appointment,
    privateItems: chance.pick(['skip', 'skip', 'mask'] as const),
    externalOrganizer: chance.pick(['first-attendee', 'skip'] as const),
  };
  return {
    ...policy,
    guestMail: chance.pick(['never', 'colleagues', 'always'] as const),
    domains: { ...policy.domains, appointment },
  };
}
