import { comparedFields, faceOfOutlook, faceOfSiebel } from './data.ts';
import type { Person } from './desk.ts';
import type { Stage } from './stage.ts';

export type Expected = Readonly<{ person: Person; contacts: number }>;

const atOnce = 20;

/**
 * Whether the work was right: each mailbox holds just the contacts of the person's Sync List, as many as there should be,
 * field for field the same, none twice; and a second look at everybody writes nothing. Answers what is wrong.
 */
export async function verdictOn(stage: Stage, expected: readonly Expected[]): Promise<readonly string[]> {
  await stage.latency(0, 0);
  const wrong: string[] = [];
  for (let at = 0; at < expected.length; at += atOnce) {
    const some = expected.slice(at, at + atOnce);
    wrong.push(...(await Promise.all(some.map((one) => mailboxVerdict(stage, one)))).flat());
  }
  return [...wrong, ...(await restVerdict(stage))];
}

/** What is wrong with a second look at everybody: it writes nothing, and nothing needs attention. */
export async function restVerdict(stage: Stage): Promise<readonly string[]> {
  const wrong: string[] = [];
  const second = (await stage.api('POST', '/api/admin/sync?wait=120')).json as SyncAnswer;
  const { written } = second;
  if (!second.quiet) wrong.push('a second look did not come to rest within two minutes');
  if (written.siebel + written.exchange > 0) wrong.push(`a second look wrote ${JSON.stringify(written)}`);
  if (second.parked > 0) wrong.push(`${second.parked} items are parked`);
  return wrong;
}

type SyncAnswer = Readonly<{ quiet: boolean; written: { siebel: number; exchange: number }; parked: number }>;

async function mailboxVerdict(stage: Stage, { person, contacts }: Expected): Promise<readonly string[]> {
  const siebel = (await stage.desk.siebelListedFor(person, comparedFields)).map(faceOfSiebel);
  const outlook = (await stage.desk.contactsOf(person)).map(faceOfOutlook);
  const wrong: string[] = [];
  if (siebel.length !== contacts) wrong.push(`${siebel.length} instead of ${contacts} on the Sync List`);
  if (outlook.length !== contacts) wrong.push(`${outlook.length} instead of ${contacts} in Outlook`);
  const twins = [siebel, outlook].map((all) => all.length - new Set(all).size);
  if (twins.some((count) => count > 0)) wrong.push(`${twins.join(' and ')} twins in Siebel and Outlook`);
  const inOutlook = new Set(outlook);
  const different = siebel.filter((face) => !inOutlook.has(face));
  const [first] = different;
  if (first !== undefined) {
    const name: unknown = (JSON.parse(first) as unknown[])[2];
    const like = outlook.find((face) => (JSON.parse(face) as unknown[])[2] === name);
    wrong.push(`${different.length} differ, e.g. Siebel ${first} and Outlook ${like ?? 'nothing'}`);
  }
  return wrong.map((text) => `${person.mailbox}: ${text}`);
}
