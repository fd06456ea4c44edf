import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isUsage } from '../../server/cli/command.ts';
import { explain } from '../../server/cli/explain.ts';
import { peopleImport } from '../../server/cli/people-import.ts';
import { peopleList } from '../../server/cli/people-list.ts';
import { plan } from '../../server/cli/plan.ts';
import { status } from '../../server/cli/status.ts';
import { syncNow } from '../../server/cli/sync-now.ts';
import { claimCues, finishCues } from '../../server/store/cues.ts';
import { saveLoaded } from '../../server/store/people-at-work.ts';
import { anAppointment, aTask } from '../support/appointments.ts';
import { addContact, addItem, addPerson } from '../support/still-sides.ts';
import { withDesk, words } from './desk.ts';

const desk = withDesk();
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siebel-sync-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(text: string): Promise<string> {
  const path = join(folder, 'people.csv');
  await writeFile(path, text);
  return path;
}

async function mailboxes(): Promise<string[]> {
  const rows = await desk().context.db.selectFrom('person').select('mailbox').orderBy('mailbox').execute();
  return rows.map((row) => row.mailbox);
}

describe('people import', () => {
  test('shows what it will do with everybody, asks, and maps them', async () => {
    for (const login of ['ANA', 'BRUNO']) addPerson(desk().sides, login);
    const csv = await file(
      'mailbox,siebelLogin\nAna@example.com,ANA\nbruno@example.com,BRUNO\nghost@example.com,GHOST\nbruno@example.com,BRUNA\nchen,CHEN\n',
    );
    desk().answers.push(false, true);
    expect(await peopleImport(desk(), { ...words, positionals: [csv] })).toBe(1);
    expect(await mailboxes()).toEqual([]);
    desk().clear();
    expect(await peopleImport(desk(), { ...words, positionals: [csv] })).toBe(1);
    expect(await mailboxes()).toEqual(['ana@example.com', 'bruno@example.com']);
    const [shown = '', end] = desk().lines;
    expect(shown).toMatch(/2 +ana@example\.com +ANA +add/);
    expect(shown).toMatch(
      /4 +ghost@example\.com +GHOST +refuse +Microsoft 365 knows no mailbox ghost@example\.com/,
    );
    expect(shown).toMatch(
      /5 +bruno@example\.com +BRUNA +refuse +Line 3 already maps bruno@example\.com to BRUNO/,
    );
    expect(shown).toMatch(/6 .*refuse +"chen" is no mail address/);
    expect(end).toBe('Mapped 2, refused 3, of 5.');
    expect(desk().progress).toContain('Looked up 5 of 5.');
  });

  test('keeps who is mapped already, and changes what differs', async () => {
    const csv = await file(
      'mailbox,siebelLogin,language\nana@example.com,ANA,en\nbruno@example.com,BRUNO,de\n',
    );
    desk().clear();
    expect(await peopleImport(desk(), { ...words, positionals: [csv], yes: true })).toBe(0);
    expect(desk().json).toMatchObject([
      { people: [{ action: 'keep' }, { action: 'change' }], mapped: ['bruno@example.com'] },
    ]);
  });

  test('from Siebel maps every active employee whose address has a mailbox, whatever its capitals', async () => {
    const { sides } = desk();
    for (const login of ['CHEN', 'DORA', 'EMIL']) addPerson(sides, login);
    const [dora, emil] = [sides.employees.get('DORA'), sides.employees.get('EMIL')];
    if (dora && emil) {
      sides.employees.set('DORA', { ...dora, isActive: false });
      sides.employees.set('EMIL', { ...emil, email: 'emil@elsewhere.example' });
    }
    desk().clear();
    expect(await peopleImport(desk(), { ...words, fromSiebel: true, dryRun: true })).toBe(1);
    expect(await mailboxes()).toHaveLength(2);
    expect(await peopleImport(desk(), { ...words, fromSiebel: true, yes: true })).toBe(1);
    expect(await mailboxes()).toEqual(['ana@example.com', 'bruno@example.com', 'chen@example.com']);
    expect(desk().lines.join('\n')).toContain('emil@elsewhere.example');
    expect(desk().lines.join('\n')).not.toContain('dora@');
  });

  test('says how it is used', async () => {
    for (const wrong of [
      words,
      { ...words, positionals: ['a', 'b'] },
      { ...words, positionals: [join(folder, 'none.csv')] },
    ]) {
      const error: unknown = await peopleImport(desk(), wrong).catch((thrown: unknown) => thrown);
      expect(isUsage(error)).toBe(true);
    }
  });
});

describe('the other commands', () => {
  test('people list and status show everybody', async () => {
    desk().clear();
    expect(await peopleList(desk(), words)).toBe(0);
    expect(await status(desk(), words)).toBe(0);
    expect(desk().lines.join('\n')).toMatch(/ana@example\.com +ANA +yes +en +everything +new/);
    expect(desk().lines.join('\n')).toContain('There is work to do. Due 3, running 0, waiting 0, parked 0.');
    expect(desk().json[1]).toMatchObject({ quiet: false, cues: { due: 3 } });
    expect(desk().lines.join('\n')).toMatch(/ana@example\.com .* new +nothing/);
  });

  test('status tells for every domain what is in step, and what first loads left alone and why', async () => {
    const { db } = desk().context;
    const ana = await db
      .selectFrom('person')
      .select('id')
      .where('siebel_login', '=', 'ANA')
      .executeTakeFirstOrThrow();
    const of = { personId: ana.id, domain: 'appointment' } as const;
    await saveLoaded(db, of, { skipped: { private: 3, outsideWindow: 12 }, at: '2026-06-10T08:00:00Z' });
    desk().clear();
    expect(await status(desk(), words)).toBe(0);
    expect(desk().lines[1]).toMatch(/appointments +0 +1 of 3 +private 3, outside the time 12/);
    expect(desk().lines[1]).toMatch(/tasks +0 +0 of 3/);
    expect(desk().json[0]).toMatchObject({
      domains: [
        { domain: 'contact', linked: 0, loaded: 0 },
        { domain: 'appointment', loaded: 1, skipped: { private: 3, outsideWindow: 12 } },
        { domain: 'task' },
      ],
    });
    desk().clear();
    expect(await peopleList(desk(), words)).toBe(0);
    expect(desk().lines[0]).toMatch(/ana@example\.com .* new +appointment/);
  });

  test('plan shows what would be written, and fails when somebody cannot be planned', async () => {
    const step = {
      do: 'update',
      side: 'siebel',
      kind: 'business',
      item: 'Maria Lopez',
      fields: ['lastName'],
      mails: 0,
      why: 'Outlook changed it.',
    };
    desk().plans.push({ person: 'ana@example.com', steps: [step, step], trouble: null });
    desk().clear();
    expect(await plan(desk(), words)).toBe(0);
    expect(desk().lines[0]).toContain('ana@example.com: update in siebel 2');
    expect(desk().lines[0]).toContain('Maria Lopez (lastName): Outlook changed it.');
    desk().plans.push({ person: 'bruno@example.com', steps: [], trouble: 'The mailbox does not answer.' });
    expect(await plan(desk(), words)).toBe(1);
    const error: unknown = await plan(desk(), { ...words, person: 'ghost@example.com' }).catch(
      (thrown: unknown) => thrown,
    );
    expect(isUsage(error)).toBe(true);
  });

  test('plan says how many people a step, and all of them, would mail', async () => {
    const step = {
      do: 'update',
      side: 'exchange',
      kind: 'appointment',
      item: 'Kick-off',
      fields: ['timeSlot'],
    };
    desk().plans.splice(0, desk().plans.length, {
      person: 'ana@example.com',
      steps: [
        { ...step, mails: 3, why: 'Siebel changed it.' },
        { ...step, mails: 1, why: 'Siebel changed it.' },
      ],
      trouble: null,
    });
    desk().clear();
    expect(await plan(desk(), { ...words, person: 'ana@example.com' })).toBe(0);
    const [shown = ''] = desk().lines;
    expect(shown).toContain('ana@example.com: update in exchange 2; would mail 4 people');
    expect(shown).toContain('Kick-off (timeSlot): Siebel changed it. It would mail 3 people.');
    expect(shown).toContain('It would mail one person.');
    expect(desk().json).toMatchObject([[{ mails: 4 }]]);
  });

  test('explain tells of an item that is not in step which rule leaves it alone, in every domain', async () => {
    const { sides } = desk();
    const copy = { isOrganizer: true, isOnlineMeeting: false, isCancelled: false };
    const longId = 'AAMkAGI2'.padEnd(60, 'x');
    addContact(sides, 'ana@example.com', { ref: 'contact-1', firstName: 'Otto', lastName: 'Ohm' });
    const visit = anAppointment({ subject: 'Ohm’s birthday', isPrivate: true, copy });
    addItem(sides, 'ana@example.com', { ref: longId, item: visit });
    addItem(sides, 'ana@example.com', { ref: `list-1/${longId}t`, item: aTask({ subject: 'Call Ohm' }) });
    const ask = async (...positionals: string[]) => {
      desk().clear();
      expect(await explain(desk(), { ...words, positionals, person: 'ana@example.com' })).toBe(0);
      return desk().lines.join('\n');
    };
    const all = await ask('ohm');
    expect(all).toContain('Otto Ohm of ana@example.com: off. It lacks the category "Siebel Contact".');
    expect(all).toContain('Ohm’s birthday of ana@example.com: off. It is private');
    expect(all).toContain('Call Ohm of ana@example.com: off. It is looked at next.');
    expect(await ask(longId)).toContain('Ohm’s birthday');
    expect(await ask(`${longId}t`)).toContain('Call Ohm');
  });

  test('explain says so when nobody knows the item', async () => {
    desk().clear();
    expect(await explain(desk(), { ...words, positionals: ['1-NONE'] })).toBe(1);
    expect(desk().lines[0]).toContain('Nobody\'s items go by "1-NONE"');
  });

  test('sync now waits for quiet and tells what was written, or gives up in time', async () => {
    const { db, clock } = desk().context;
    desk().clear();
    expect(await syncNow(desk(), { ...words, wait: 0.2 })).toBe(1);
    expect(desk().lines[0]).toContain('npm run server');
    const waiting = syncNow(desk(), { ...words, wait: 20, person: 'ana@example.com' });
    await expect.poll(() => desk().progress.length).toBeGreaterThan(1);
    const now = clock.now();
    const cues = await claimCues(db, { kinds: ['siebel', 'mailbox'], limit: 10, now, leaseMs: 60_000 });
    await finishCues(
      db,
      cues.map((cue) => ({ cue, next: null, failures: 0, parkedReason: null })),
    );
    expect(await waiting).toBe(0);
    expect(desk().lines.at(-1)).toBe('In step. Written to Siebel 0, to Outlook 0; needing attention 0.');
  });

  test('sync now and plan stop at Ctrl-C', async () => {
    const waiting = syncNow(desk(), { ...words, wait: 600 });
    desk().stop.abort();
    expect(await waiting).toBe(1);
    expect(desk().lines.at(-1)).toContain('Stopped watching');
    expect(await plan(desk(), words)).toBe(1);
    expect(desk().lines.at(-1)).toBe('Stopped; nothing was written.');
  });
});
