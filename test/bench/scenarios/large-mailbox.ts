import { people } from '../data.ts';
import type { Person } from '../desk.ts';
import { measure } from '../measure.ts';
import { changesOnBothSides, nothingChanged } from '../minimum.ts';
import { verdictOn } from '../oracle.ts';
import type { Postgres } from '../postgres.ts';
import { rowsBesidesCursors, say, type Result } from '../report.ts';
import { passWindow, putIntoOutlook, putIntoSiebel, raiseGuard } from '../seed.ts';
import { openStage, type Stage } from '../stage.ts';

type Mailbox = Readonly<{
  stage: Stage;
  person: Person;
  siebelIds: readonly string[];
  outlookIds: readonly string[];
}>;

/** Ten thousand contacts in step, half of them born on each side; then nothing changes, then one in a hundred does. */
export async function largeMailbox(postgres: Postgres, size: number): Promise<readonly Result[]> {
  const stage = await openStage(postgres);
  try {
    const [person] = await stage.desk.users(1);
    if (!person) throw new Error('The sandbox made nobody.');
    const all = people(size, 3);
    const siebelIds = await putIntoSiebel(stage, all.slice(0, size / 2), [person]);
    const outlookIds = await putIntoOutlook(stage, all.slice(size / 2), person);
    await stage.serve([person]);
    await passWindow(stage);
    await raiseGuard(stage);
    const load = await measure(stage, { withRows: false }, async () => {
      await stage.map(person);
      return stage.quiet();
    });
    say(
      `\n      (${size} contacts loaded without latency in ${load.seconds.toFixed(1)} s, server CPU ${load.serverCpu.toFixed(1)} s, database CPU ${load.databaseCpu.toFixed(1)} s, ${load.memoryMb.toFixed(0)} MB; ${load.routes.slice(0, 5).join('; ')})`,
    );
    const wrong = await verdictOn(stage, [{ person, contacts: size }]);
    const mailbox = { stage, person, siebelIds, outlookIds };
    await passWindow(stage);
    return [{ ...(await nothing(mailbox, size)), wrong }, await onePercent(mailbox, size)];
  } finally {
    await stage.close();
  }
}

async function nothing({ stage, person }: Mailbox, size: number): Promise<Result> {
  await stage.latency(80, 120);
  const figures = await measure(stage, { withRows: true }, () => look(stage, person));
  return {
    scenario: `nothing changed, ${size} contacts in the mailbox`,
    changes: 0,
    figures,
    minimum: nothingChanged(1),
    bars: [
      { name: 'Graph round trips', measured: figures.graph, most: 1 },
      { name: 'rows besides cursors and cues', measured: rowsBesidesCursors(figures), most: 0 },
    ],
    wrong: [],
    notes: ['The Siebel round trips are those of one poll, which serves all mailboxes.'],
  };
}

/** Other people edit: in Outlook one in a hundred of what was born in Siebel gets a note, in Siebel the others a title. */
async function onePercent({ stage, person, siebelIds, outlookIds }: Mailbox, size: number): Promise<Result> {
  const some = size / 100;
  await stage.latency(0, 0);
  const rows = await stage.desk.contactsOf(person);
  const bornInOutlook = new Set(outlookIds);
  const edited = rows.filter(({ id }) => !bornInOutlook.has(String(id))).filter((_, at) => at % 50 === 0);
  const listed = await stage.desk.siebelListedFor(person, ['Id']);
  const bornInSiebel = new Set(siebelIds);
  const moved = listed.filter(({ Id }) => !bornInSiebel.has(String(Id))).filter((_, at) => at % 50 === 0);
  const figures = await measure(stage, { withRows: true }, async () => {
    await stage.desk.siebelWrite(
      'PUT',
      'Contact',
      moved.slice(0, some).map(({ Id }, at) => ({ Id, 'Job Title': `Title ${at}` })),
    );
    await stage.desk.graphBatch(
      person,
      edited.slice(0, some).map(({ id }, at) => ({
        method: 'PATCH',
        url: `/users/${person.userId}/contacts/${String(id)}`,
        body: { mobilePhone: `+49 170 ${1000 + at}` },
      })),
    );
    await stage.latency(80, 120);
    return look(stage, person);
  });
  return {
    scenario: `1 % changed on each side of ${size}`,
    changes: 2 * some,
    figures,
    minimum: changesOnBothSides({ outlook: some, siebel: some }),
    bars: [{ name: 'round trips in all', measured: figures.graph + figures.siebel, most: 40 }],
    wrong: await verdictOn(stage, [{ person, contacts: size }]),
  };
}

async function look(stage: Stage, person: Person): Promise<number> {
  await stage.api('POST', '/api/admin/sync?wait=300', { mailbox: person.mailbox });
  return stage.quiet();
}
