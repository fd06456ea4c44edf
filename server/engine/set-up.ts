import { watchedDomains, type Failure } from '../connectors/connector.ts';
import { saveSetUp, type PersonRow } from '../store/people-at-work.ts';
import { dueSubscriptions, saveSubscription } from '../store/subscriptions.ts';
import type { Engine } from './engine.ts';
import { mainKind, personOf, type Person } from './people.ts';

export type Readiness =
  | Readonly<{ person: Person; failure: null }>
  | Readonly<{ person: null; failure: Failure }>;

/**
 * Makes sure that each person can be worked for: the mailbox and the Siebel employee are known, the categories that carry
 * the mark exist, change notifications are on. Costs nothing for people who are set up.
 */
export async function setUpPeople(
  engine: Engine,
  people: readonly Person[],
): Promise<ReadonlyMap<string, Readiness>> {
  const result = new Map<string, Readiness>(
    people.map((person) => [person.row.id, { person, failure: null }]),
  );
  const strangers = people.filter(({ row }) => row.user_id === null || row.employee_id === null);
  for (const [id, readiness] of await identify(engine, strangers)) result.set(id, readiness);
  const known = [...result.values()].flatMap(({ person }) => (person ? [person] : []));
  const unprepared = known.filter(({ row }) => row.first_loaded_at === null);
  // Asked for together, both travel in the same round trips.
  const [failures] = await Promise.all([
    engine.exchange.ensureCategories(unprepared.map(({ holder }) => holder)),
    keepWatching(engine, known),
  ]);
  for (const [index, person] of unprepared.entries()) {
    const failure = failures[index];
    if (failure) result.set(person.row.id, { person: null, failure });
  }
  return result;
}

async function identify(engine: Engine, people: readonly Person[]): Promise<ReadonlyMap<string, Readiness>> {
  if (people.length === 0) return new Map();
  const [mailboxes, employees] = await Promise.all([
    engine.exchange.mailboxes(people.map(({ row }) => row.mailbox)),
    engine.siebel.employees(people.map(({ holder }) => holder.login)),
  ]);
  const result = new Map<string, Readiness>();
  for (const [index, { row, policy, policyVersion }] of people.entries()) {
    const mailbox = mailboxes[index] ?? null;
    const employee = 'kind' in employees ? employees : (employees[index] ?? null);
    if (mailbox === null)
      result.set(
        row.id,
        failed(
          `No mailbox answers to ${row.mailbox}. Check the address in the user map, or give the user a licence.`,
        ),
      );
    else if ('kind' in mailbox) result.set(row.id, { person: null, failure: mailbox });
    else if (employee === null)
      result.set(
        row.id,
        failed(`Siebel has no employee with the login ${row.siebel_login}. Correct it in the user map.`),
      );
    else if ('kind' in employee) result.set(row.id, { person: null, failure: employee });
    else {
      const setUp = {
        userId: mailbox.userId,
        employeeId: employee.id,
        timeZone: mailbox.timeZone,
        addresses: mailbox.addresses,
        positions: employee.positions,
      };
      await saveSetUp(engine.db, { id: row.id, ...setUp });
      const complete: PersonRow = {
        ...row,
        user_id: setUp.userId,
        employee_id: setUp.employeeId,
        time_zone: setUp.timeZone,
        addresses: setUp.addresses,
        positions: [...setUp.positions],
      };
      result.set(row.id, {
        person: personOf(engine, complete, { version: policyVersion, document: policy }),
        failure: null,
      });
    }
  }
  return result;
}

function failed(reason: string): Readiness {
  return {
    person: null,
    failure: { kind: 'misconfigured', reach: 'mailbox', reason, retryAfterMs: 5 * 60_000 },
  };
}

const lifeMinutes = 10_080 - 60;

/** Subscribes to change notifications and renews them at half their life. Without them polling goes on: never a failure. */
async function keepWatching(engine: Engine, people: readonly Person[]): Promise<void> {
  const url = engine.settings.webhookUrl;
  if (url === null || people.length === 0) return;
  const now = engine.clock.now();
  const byId = new Map(people.map((person) => [person.row.id, person]));
  const due = await dueSubscriptions(
    engine.db,
    { personIds: [...byId.keys()], domains: watchedDomains },
    now.toString(),
  );
  const expiresAt = now.add({ minutes: lifeMinutes }).toString();
  const requests = due.flatMap(({ personId, domain, row }) => {
    const person = byId.get(personId);
    if (!person || person.rulesFor(mainKind[domain]).level === 'none') return [];
    return [
      {
        domain,
        holder: person.holder,
        subscriptionId: row?.subscription_id ?? null,
        notificationUrl: url,
        lifecycleUrl: url,
        clientState: row?.client_state ?? engine.newSecret(),
        expiresAt,
      },
    ];
  });
  if (requests.length === 0) return;
  const answers = await engine.exchange.watch.keep(requests);
  for (const [index, request] of requests.entries()) {
    const answer = answers[index];
    if (!answer || 'kind' in answer) {
      engine.log.warn(
        { personId: request.holder.personId, reason: answer?.reason },
        'change notifications are off; polling goes on',
      );
      continue;
    }
    const life = Temporal.Instant.from(answer.expiresAt).since(now).total('milliseconds');
    await saveSubscription(engine.db, {
      personId: request.holder.personId,
      domain: request.domain,
      subscriptionId: answer.subscriptionId,
      clientState: request.clientState,
      expiresAt: answer.expiresAt,
      renewAt: now.add({ milliseconds: Math.floor(life / 2) }).toString(),
    });
  }
}
