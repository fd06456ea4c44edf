import { people } from '../data.ts';
import type { Person } from '../desk.ts';
import { measure, type Figures } from '../measure.ts';
import { firstSyncFromOutlook, firstSyncFromSiebel } from '../minimum.ts';
import { verdictOn } from '../oracle.ts';
import type { Postgres } from '../postgres.ts';
import type { Result } from '../report.ts';
import { putIntoOutlook, putIntoSiebel } from '../seed.ts';
import { openStage, type Stage } from '../stage.ts';

/** A person with a thousand contacts on their Sync List gets an empty mailbox filled. */
export async function fromSiebel(postgres: Postgres, size: number): Promise<Result> {
  const stage = await openStage(postgres);
  try {
    const [person] = await stage.desk.users(1);
    if (!person) throw new Error('The sandbox made nobody.');
    await putIntoSiebel(stage, people(size, 1), [person]);
    const figures = await joining(stage, person);
    return {
      scenario: `first sync, ${size} contacts from Siebel into one empty mailbox`,
      changes: size,
      figures,
      minimum: firstSyncFromSiebel(size),
      bars: [
        { name: 'Graph round trips', measured: figures.graph, most: 60 },
        { name: 'Siebel round trips', measured: figures.siebel, most: 20 },
      ],
      wrong: await verdictOn(stage, [{ person, contacts: size }]),
    };
  } finally {
    await stage.close();
  }
}

/** A person who has marked a thousand contacts joins a Siebel that knows none of them. */
export async function fromOutlook(postgres: Postgres, size: number, isNested: boolean): Promise<Result> {
  const stage = await openStage(postgres, { behaviour: { 'siebel.nestedChildren': isNested } });
  try {
    const [person] = await stage.desk.users(1);
    if (!person) throw new Error('The sandbox made nobody.');
    const contacts = people(size, 2);
    await putIntoOutlook(stage, contacts, person);
    const figures = await joining(stage, person);
    const accounts = new Set(contacts.map(({ company }) => company)).size;
    const addresses = contacts.flatMap((one) => [one.businessStreet ?? one.businessCity, one.homeStreet]);
    // The person on the list, their position on the team, and the addresses.
    const children = isNested ? 0 : 2 * size + addresses.filter((one) => one !== null).length;
    return {
      scenario: `first sync, ${size} marked contacts from Outlook into Siebel, nested children ${isNested ? 'on' : 'off'}`,
      changes: size,
      figures,
      minimum: firstSyncFromOutlook(size, { accounts, children }),
      bars: [
        { name: 'Graph round trips', measured: figures.graph, most: 25 },
        { name: 'Siebel round trips', measured: figures.siebel, most: 60 + children },
      ],
      wrong: await verdictOn(stage, [{ person, contacts: size }]),
    };
  } finally {
    await stage.close();
  }
}

async function joining(stage: Stage, person: Person): Promise<Figures> {
  await stage.latency(80, 120);
  await stage.serve([person]);
  return measure(stage, { withRows: true }, async () => {
    await stage.map(person);
    return stage.quiet();
  });
}
