import { call } from '../support/call.ts';
import { people, markedContact } from './data.ts';
import type { Postgres } from './postgres.ts';
import { putIntoSiebel } from './seed.ts';
import { openStage } from './stage.ts';

/** What the simplest thing that works costs: one read and one write a record, one after the other. */
export type Naive = Readonly<{ contacts: number; graph: number; siebel: number; seconds: number }>;

/** Brings contacts of Siebel into an empty mailbox, over the same sandbox with the same latency. */
export async function naiveFirstSync(postgres: Postgres, contacts: number): Promise<Naive> {
  const stage = await openStage(postgres);
  try {
    const [person] = await stage.desk.users(1);
    if (!person) throw new Error('The sandbox made nobody.');
    const cards = people(contacts, 1);
    const ids = await putIntoSiebel(stage, cards, [person]);
    const { json } = await stage.desk.control('POST', '/token', { mailbox: person.mailbox, for: 'graph' });
    const { access_token: token } = json as { access_token: string };
    const authorization = `Basic ${Buffer.from('SADMIN:SADMIN').toString('base64')}`;
    await stage.latency(80, 120);
    const start = performance.now();
    for (const [index, id] of ids.entries()) {
      const read = `${stage.sandboxUrl}/siebel/v1.0/data/Contact/Contact/${id}?ViewMode=All`;
      const row = await call(read, { headers: { authorization } });
      const card = cards[index];
      if (row.status !== 200 || !card) throw new Error(`Siebel answered ${row.status}.`);
      const url = `${stage.sandboxUrl}/graph/v1.0/users/${person.userId}/contacts`;
      const made = await call(url, { method: 'POST', body: markedContact(card), token });
      if (made.status !== 201) throw new Error(`Graph answered ${made.status}.`);
    }
    return { contacts, graph: contacts, siebel: contacts, seconds: (performance.now() - start) / 1000 };
  } finally {
    await stage.close();
  }
}
