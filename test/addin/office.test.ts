import { describe, expect, test } from 'vitest';
import { createCalls } from '../../addin/office/calls.ts';
import { capabilitiesOf } from '../../addin/office/capabilities.ts';
import { createIdentities } from '../../addin/office/identity.ts';
import { readItem, type HostItem } from '../../addin/office/read-item.ts';
import { shownTheme, themeFrom } from '../../addin/office/theme.ts';
import { accessor, failsWith, meetingCompose, meetingRead, succeeds } from './host-items.ts';

const restId = (id: string): string => id.replaceAll('/', '-').replaceAll('+', '_');
const identities = createIdentities();

function read(item: HostItem, generation = () => 1) {
  const calls = createCalls({ timeoutMs: 1_000, generation });
  return readItem(item, { calls, generation: 1, identities, restId });
}

describe('the open item', () => {
  test('reads alike whether it is read or written', async () => {
    const seen = await read(meetingRead());
    expect(seen).toEqual({
      identity: 'AB-C_D=',
      type: 'appointment',
      mode: 'read',
      itemId: 'AB-C_D=',
      subject: 'Plant tour',
      start: '2026-11-23T09:00:00.000Z',
      end: '2026-11-23T10:00:00.000Z',
      from: { name: 'Ana', address: 'ana@acme.example' },
      people: [{ name: 'Bruno', address: 'BRUNO@acme.example' }],
      isInSeries: false,
      isMeetingMail: false,
    });
    const written = await read(meetingCompose());
    expect(written).toEqual({
      ...seen,
      mode: 'compose',
      people: [{ name: 'Bruno', address: 'bruno@acme.example' }],
    });
  });

  test('without an id yet has a name of its own as long as it is open', async () => {
    const draft = meetingCompose({ getItemIdAsync: failsWith(9046) });
    const other = meetingCompose({ getItemIdAsync: failsWith(9046) });
    const [first, again, next] = [await read(draft), await read(draft), await read(other)];
    expect(first?.itemId).toBeNull();
    expect(again?.identity).toBe(first?.identity);
    expect(next?.identity).not.toBe(first?.identity);
  });

  test('of a series is no other item by its series id', async () => {
    const seen = await read(meetingRead({ seriesId: 'SERIES' }));
    expect(seen?.isInSeries).toBe(true);
    expect(seen?.identity).toBe('AB-C_D=');
  });

  test('whose id the client does not tell is not taken for a new one', async () => {
    expect(await read(meetingRead({ itemId: null }))).toBeNull();
  });

  test('may be a mail about a meeting', async () => {
    const mail = {
      itemType: 'message',
      itemId: 'M',
      itemClass: 'IPM.Schedule.Meeting.Request',
      subject: 'x',
    };
    expect((await read(mail))?.isMeetingMail).toBe(true);
  });

  test('that lacks a part is read without it', async () => {
    const item = meetingCompose({ organizer: { getAsync: failsWith(5000) } });
    expect((await read(item))?.from).toBeNull();
  });

  test('is void when another one is opened while it is read', async () => {
    let generation = 1;
    const subject = {
      getAsync: (done: Parameters<ReturnType<typeof succeeds>>[0]) => {
        generation = 2;
        succeeds('late')(done);
      },
    };
    await expect(read(meetingCompose({ subject }), () => generation)).rejects.toMatchObject({
      trouble: 'itemChanged',
    });
  });
});

describe('calls to Outlook', () => {
  test('run three at a time', async () => {
    const calls = createCalls({ timeoutMs: 1_000, generation: () => 1 });
    const open: (() => void)[] = [];
    const all = Array.from({ length: 5 }, (_, index) =>
      calls.run<number>({
        name: 'x',
        generation: null,
        start: (done) => open.push(() => done({ status: 'succeeded', value: index })),
      }),
    );
    await expect.poll(() => open.length).toBe(3);
    open[0]?.();
    await expect.poll(() => open.length).toBe(4);
    for (let next = 1; next < 5; next += 1) {
      await expect.poll(() => open.length).toBeGreaterThan(next);
      open[next]?.();
    }
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3, 4]);
  });

  test('whose callback is lost are given up', async () => {
    const calls = createCalls({ timeoutMs: 5, generation: () => 1 });
    const lost = calls.run({ name: 'item.x', generation: null, start: () => undefined });
    await expect(lost).rejects.toMatchObject({ trouble: 'timeout' });
  });

  test('that failed inside Outlook are tried once more', async () => {
    const calls = createCalls({ timeoutMs: 1_000, generation: () => 1 });
    const answers = [failsWith(5001), succeeds('ok')];
    const run = calls.run({ name: 'x', generation: null, start: (done) => answers.shift()?.(done) });
    expect(await run).toBe('ok');
  });

  test.each([
    [9030, 'itemChanged'],
    [9038, 'noPermission'],
    [9044, 'unknownCategory'],
    [9046, 'notSaved'],
    [9055, 'unsupported'],
    [1, 'failed'],
  ])('that fail with %i say %s', async (code, trouble) => {
    const calls = createCalls({ timeoutMs: 1_000, generation: () => 1 });
    const run = calls.run({ name: 'x', generation: null, start: failsWith(code) });
    await expect(run).rejects.toMatchObject({ code, trouble });
  });

  test('the client does not have are unsupported', async () => {
    const calls = createCalls({ timeoutMs: 1_000, generation: () => 1 });
    const start = (): void => {
      throw new TypeError('item.x is not a function');
    };
    await expect(calls.run({ name: 'x', generation: null, start })).rejects.toMatchObject({
      trouble: 'unsupported',
    });
  });
});

describe('what a client can do', () => {
  test('goes by what it announces', () => {
    const capabilities = capabilitiesOf({
      client: 'Outlook',
      platform: 'Mac',
      version: '16.80',
      isSupported: (set, version) => set === 'Mailbox' && Number(version.slice(2)) <= 8,
    });
    expect(capabilities).toMatchObject({
      mailboxSet: '1.8',
      categories: true,
      themeChanges: false,
      nestedSignIn: false,
      needsPinHint: true,
    });
  });

  test('a client that throws for a set it does not know lacks it', () => {
    const isSupported = (): boolean => {
      throw new Error('unknown set');
    };
    const capabilities = capabilitiesOf({ client: 'Outlook', platform: 'PC', version: '16', isSupported });
    expect(capabilities).toMatchObject({ mailboxSet: '1.0', categories: false, nestedSignIn: false });
  });
});

describe('the theme', () => {
  test.each([
    ['#ffffff', 'light'],
    ['#f3f2f1', 'light'],
    ['#1f1f1f', 'dark'],
    ['#000000', 'dark'],
    ['#000001', null],
    ['#NaN', null],
    [undefined, null],
  ])('of a background %s is %s', (bodyBackgroundColor, theme) => {
    expect(themeFrom({ bodyBackgroundColor })).toBe(theme);
  });

  test('is the person’s own before Outlook’s, and Outlook’s before the machine’s', () => {
    expect(shownTheme('light', 'dark', true)).toBe('light');
    expect(shownTheme(null, 'light', true)).toBe('light');
    expect(shownTheme(null, null, true)).toBe('dark');
  });
});

test('an accessor is what tells writing from reading', async () => {
  expect((await read(meetingRead({ subject: accessor('x') })))?.mode).toBe('compose');
});
