import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { useWorld, type Actor } from '../support/world.ts';

const each = 6;
const names = ['Ana', 'Bruno', 'Chen', 'Dora', 'Emil', 'Fatma'];

describe('several workers on one database', () => {
  const world = useWorld({ workers: 3 });

  test('many people at once: nothing is made twice, nothing is lost, nobody waits in a circle', async () => {
    const people: Actor[] = [];
    for (const name of names) people.push(await world.person(name, { lastName: 'Worker' }));
    const everybody = people.map((person) => person.employeeId);
    await inParallel(people, async (person) => {
      for (let index = 0; index < each; index += 1) {
        const id = await person.siebel.addContact(card(`${person.login}${index}`, 'Siebel'));
        await person.siebel.list(id, index === 0 ? everybody : [person.employeeId]);
        await person.outlook.add(copy(`${person.login}${index}`, 'Outlook'));
      }
    });

    await world.sync();

    const own = people.length + 2 * each - 1;
    for (const person of people) {
      const copies = await person.outlook.contacts();
      expect(new Set(copies.map((one) => `${String(one['givenName'])} ${String(one['surname'])}`)).size).toBe(
        own,
      );
      expect(copies.length).toBe(own);
    }
    expect((await world.siebel.contacts('[Last Name]="Outlook"')).length).toBe(people.length * each);
    await world.isQuiet();

    await inParallel(people, async (person) => {
      for (let index = 1; index < each; index += 1) {
        const outlookBorn = await person.outlook.contact(`${person.login}${index}`, 'Outlook');
        await person.outlook.change(outlookBorn.id, { jobTitle: `title ${index}` });
        const [row] = await person.siebel.contacts(
          `[First Name]="${person.login}${index}" AND [Last Name]="Siebel"`,
        );
        await person.siebel.change(row?.Id ?? '', { 'Job Title': `role ${index}` });
      }
      const [other] = people;
      const shared = await person.outlook.contact(`${other?.login ?? ''}0`, 'Siebel');
      const field = fields[people.indexOf(person)] ?? 'jobTitle';
      await person.outlook.change(shared.id, { [field]: `by ${person.login}` });
    });

    await world.sync();

    for (const person of people) {
      for (const [index, other] of people.entries()) {
        const shared = await person.outlook.contact(`${people[0]?.login ?? ''}0`, 'Siebel');
        expect(shared[fields[index] ?? '']).toBe(`by ${other.login}`);
      }
      for (let index = 1; index < each; index += 1) {
        const [row] = await world.siebel.contacts(
          `[First Name]="${person.login}${index}" AND [Last Name]="Outlook"`,
        );
        expect(row?.['Job Title']).toBe(`title ${index}`);
        const siebelBorn = await person.outlook.contact(`${person.login}${index}`, 'Siebel');
        expect(siebelBorn['jobTitle']).toBe(`role ${index}`);
      }
    }
    await world.isQuiet();
    expect(await deadlocks()).toBe(0);
    expect(await troubles()).toEqual([]);
  }, 120_000);

  /** Circles of waiting PostgreSQL had to break. */
  async function deadlocks(): Promise<number> {
    const answer = await sql<{ deadlocks: string }>`
      select deadlocks from pg_stat_database where datname = current_database()`.execute(world.context().db);
    return Number(answer.rows[0]?.deadlocks);
  }

  /** Cues that failed, or that were wished for and not looked at. */
  async function troubles(): Promise<readonly unknown[]> {
    const { db } = world.context();
    const cues = await db.selectFrom('cue').select(['key', 'failures', 'dirty', 'done']).execute();
    return cues.filter((cue) => cue.failures > 0 || cue.dirty !== cue.done);
  }
});

const fields = ['jobTitle', 'department', 'nickName', 'spouseName', 'assistantName', 'manager'];

function card(firstName: string, lastName: string): Record<string, string> {
  return {
    'First Name': firstName,
    'Last Name': lastName,
    'Email Address': `${firstName}.${lastName}@workers.example`.toLowerCase(),
  };
}

function copy(givenName: string, surname: string): Record<string, unknown> {
  const address = `${givenName}.${surname}@workers.example`.toLowerCase();
  return {
    givenName,
    surname,
    emailAddresses: [{ name: givenName, address }],
    categories: ['Siebel Contact'],
  };
}

async function inParallel<One>(all: readonly One[], work: (one: One) => Promise<void>): Promise<void> {
  await Promise.all(all.map(work));
}
