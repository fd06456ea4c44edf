import { people } from '../data.ts';
import { measure } from '../measure.ts';
import { echo, oneRecordToMailboxes } from '../minimum.ts';
import { verdictOn } from '../oracle.ts';
import type { Postgres } from '../postgres.ts';
import { rowsBesidesCursors, type Result } from '../report.ts';
import { mapAll, putIntoSiebel } from '../seed.ts';
import { openStage } from '../stage.ts';

const pollRoundTrips = 10;

/**
 * One contact on the Sync Lists of five hundred people is changed in Siebel. What sets it off is what sets off a poll: a look
 * at both sides, asked for in the name of one more person who holds nothing, so that no other mailbox is asked. Without
 * change notifications, so that our own writes come back in a look of their own and are counted apart.
 */
export async function fanOut(postgres: Postgres, mailboxes: number): Promise<Result> {
  const stage = await openStage(postgres, { webhooks: false });
  try {
    const [asker, ...holders] = await stage.desk.users(mailboxes + 1);
    if (!asker) throw new Error('The sandbox made nobody.');
    const [id] = await putIntoSiebel(stage, people(1, 4), holders);
    await stage.serve([asker]);
    await mapAll(stage, [asker, ...holders]);
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
    const lookAfter = await measure(stage, { withRows: true }, async () => {
      await stage.api('POST', '/api/admin/sync?wait=300');
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
        // The poll and the census each see the record once, with the pages of its Sync List.
        {
          name: 'Siebel round trips',
          measured: figures.siebel,
          most: pollRoundTrips + 3 * Math.ceil(mailboxes / 100),
        },
        { name: 'rows an echo writes', measured: rowsBesidesCursors(lookAfter), most: 0 },
      ],
      wrong: [...first, ...wrong],
      echo: lookAfter,
      notes: [
        `The echo is a look at all ${mailboxes} mailboxes and their folders; ${echo(mailboxes, 1)} round trips is the least for the feeds alone.`,
      ],
    };
  } finally {
    await stage.close();
  }
}
