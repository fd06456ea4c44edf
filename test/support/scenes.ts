import { afterEach, expect } from 'vitest';
import { call, type Answer } from './call.ts';
import type { OutlookContact } from './outlook.ts';
import type { Actor, SyncAnswer, World } from './world.ts';

/** What scenarios of contacts have in common: many contacts at once, faults, and what administrators see. */

export type ParkedRow = Readonly<{
  id: string;
  kind: string;
  mailbox: string | null;
  item: string | null;
  reason: string;
  what: string | null;
  planned: number | null;
}>;

export type PersonStatus = Readonly<{ state: string; error: string | null; retryAt: string | null }>;

/** Puts the policy, the faults and the switches back after each scenario, so that they can share a world. */
export function putRulesBack(world: World): void {
  afterEach(async () => {
    await world.desk('DELETE', '/faults');
    const answer = await world.api('PUT', '/api/admin/policy', {});
    expect(answer.status, answer.text).toBe(200);
  });
}

/** Makes that many contacts in Siebel and puts the people on their Sync Lists; answers the row ids. */
export async function listMany(
  world: World,
  actors: readonly Actor[],
  { count, lastName, more = {} }: { count: number; lastName: string; more?: Record<string, string> },
): Promise<string[]> {
  return inParallel(count, async (n) => {
    const id = await world.siebel.addContact({ 'First Name': `N${n}`, 'Last Name': lastName, ...more });
    await world.siebel.list(
      id,
      actors.map((actor) => actor.employeeId),
    );
    return id;
  });
}

/** A contact that these people have on their Sync List. */
export async function shared(
  world: World,
  actors: readonly Actor[],
  fields: Record<string, string>,
): Promise<string> {
  const [maker] = actors;
  const id = await (maker?.siebel ?? world.siebel).addContact({ 'First Name': 'Maria', ...fields });
  await world.siebel.list(
    id,
    actors.map((actor) => actor.employeeId),
  );
  await world.sync();
  return id;
}

const atOnce = 8;

/** Does something that many times, some of them at once. */
export async function inParallel<T>(count: number, work: (n: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let start = 0; start < count; start += atOnce) {
    const size = Math.min(atOnce, count - start);
    results.push(...(await Promise.all(Array.from({ length: size }, (_, index) => work(start + index)))));
  }
  return results;
}

export async function surnamed(actor: Actor, surname: string): Promise<OutlookContact[]> {
  return (await actor.outlook.contacts()).filter((one) => one['surname'] === surname);
}

/** A look that need not come to rest: what somebody who presses "sync now" sees after a few seconds. */
export async function look(world: World, { seconds = 1 }: { seconds?: number } = {}): Promise<SyncAnswer> {
  const answer = await world.api('POST', `/api/admin/sync?wait=${seconds}`);
  expect([200, 202], answer.text).toContain(answer.status);
  return answer.json as SyncAnswer;
}

export async function lay(world: World, ...faults: Record<string, unknown>[]): Promise<void> {
  const answer = await world.desk('POST', '/faults', faults);
  expect(answer.status, answer.text).toBe(201);
}

export async function behave(world: World, switches: Record<string, unknown>): Promise<void> {
  const answer = await world.desk('POST', '/behaviour', switches);
  expect(answer.status, answer.text).toBe(200);
}

export async function parked(world: World, actor: Actor | null): Promise<ParkedRow[]> {
  const { items } = (await world.api('GET', '/api/admin/parked')).json as { items: ParkedRow[] };
  return items.filter((row) => row.mailbox === (actor?.mailbox ?? null));
}

/** The one thing of this person's that needs attention. */
export async function onlyParked(world: World, actor: Actor): Promise<ParkedRow> {
  const rows = await parked(world, actor);
  expect(rows.length, JSON.stringify(rows)).toBe(1);
  return rows[0] as ParkedRow;
}

export async function decide(world: World, row: ParkedRow, word: 'retry' | 'reject'): Promise<void> {
  const answer = await world.api('POST', `/api/admin/parked/${row.id}/${word}`);
  expect(answer.status, answer.text).toBe(202);
}

export async function statusOf(world: World, actor: Actor): Promise<PersonStatus> {
  const { people } = (await world.api('GET', '/api/admin/status')).json as {
    people: (PersonStatus & { mailbox: string })[];
  };
  const found = people.find((one) => one.mailbox === actor.mailbox);
  if (!found) throw new Error(`${actor.mailbox} is not in the status.`);
  return found;
}

export type Graph = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>;

/** Graph calls of a person that the Outlook of the scenarios has no word for; `path` is below their mailbox. */
export async function graphOf(world: World, actor: Actor): Promise<Graph> {
  const { access_token } = (await world.desk('POST', '/token', { mailbox: actor.mailbox, for: 'graph' }))
    .json as { access_token: string };
  const base = `${world.sandboxUrl}/graph/v1.0/users/${actor.mailbox}`;
  return (method, path, body, headers = {}) =>
    call(`${base}${path}`, { method, body, headers, token: access_token });
}

/** The immutable id of a contact, as an add-in gives it. */
export async function immutableIdOf(world: World, actor: Actor, id: string): Promise<string> {
  const graph = await graphOf(world, actor);
  const answer = await graph('GET', `/contacts/${id}?$select=id`, undefined, {
    prefer: 'IdType="ImmutableId"',
  });
  expect(answer.status, answer.text).toBe(200);
  return (answer.json as { id: string }).id;
}

export async function setPrivate(actor: Actor, id: string, isPrivate: boolean): Promise<void> {
  const value = isPrivate ? '2' : '0';
  await actor.outlook.change(id, { singleValueExtendedProperties: [{ id: 'Integer 0x36', value }] });
}

/** How often requests of that kind were made since the sandbox started. */
export async function requestsTo(
  world: World,
  wanted: { side: string; method: string; route: RegExp },
): Promise<number> {
  const { requests } = (await world.desk('GET', '/requests')).json as {
    requests: { side: string; method: string; route: string; operations: number }[];
  };
  return requests
    .filter((row) => row.side === wanted.side && row.method === wanted.method && wanted.route.test(row.route))
    .reduce((sum, row) => sum + row.operations, 0);
}

/** Graph's id of a person: how requests for their mailbox are told from others when a fault is laid. */
export async function userIdOf(world: World, actor: Actor): Promise<string> {
  const users = (await world.desk('GET', '/users')).json as { mailbox: string; userId: string }[];
  const found = users.find((user) => user.mailbox === actor.mailbox);
  if (!found) throw new Error(`${actor.mailbox} is no mailbox of the sandbox.`);
  return found.userId;
}
