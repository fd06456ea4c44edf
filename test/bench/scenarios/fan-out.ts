import { people } from '../data.ts';
import { measure } from '../measure.ts';
import { oneRecordToMailboxes } from '../minimum.ts';
import { verdictOn } from '../oracle.ts';
import type { Postgres } from '../postgres.ts';
import type { Result } from '../report.ts';
import { putIntoSiebel } from '../seed.ts';
import { openStage } from '../stage.ts';

/**
 * One contact on the Sync Lists of five hundred people is changed in Siebel. What sets it off is what sets off a poll: a look
 * at both sides, asked for in the name of one more person who holds nothing, so that no other mailbox is asked.
 */
export async function fanOut(postgres: Postgres, mailboxes: number): Promise<Result> {
  const stage = await openStage(postgres);
  try {
    const [asker, ...holders] = await stage.desk.users(mailboxes + 1);
    if (!asker) throw new Error('The sandbox made nobody.');
    const [id] = await putIntoSiebel(stage, people(1, 4), holders);
    await stage.serve([asker]);
    for (const person of [asker, ...holders]) await stage.map(person);
    await stage.quiet();
    const first = await verdictOn(
      stage,
      holders.slice(0, 3).map((person) => ({ person, contacts: 1 })),
    );
    await stage.desk.siebelWrite('PUT', 'Contact', [{ Id: id, 'Job Title': 'Head of Everything' }]);
    await stage.latency(80, 120);
    const figures = await measure(stage, { withRows: true }, async () => {
      await stage.api('POST', '/api/admin/sync?wait=300', { mailbox: asker.mailbox });
      return stage.quiet();
    });
    const wrong = await verdictOn(
      stage,
      holders.map((person) => ({ person, contacts: 1 })),
    );
    return {
      scenario: `one contact changed in Siebel, held by ${mailboxes} mailboxes`,
      changes: mailboxes,
      figures,
      minimum: oneRecordToMailboxes(mailboxes),
      bars: [
        { name: 'Graph round trips', measured: figures.graph, most: 30 },
        { name: 'Siebel round trips (a poll, however many hold it)', measured: figures.siebel, most: 6 },
      ],
      wrong: [...first, ...wrong],
    };
  } finally {
    await stage.close();
  }
}
