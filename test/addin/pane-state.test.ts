import { describe, expect, test } from 'vitest';
import type { Me } from '../../shared/api.ts';
import { ApiError } from '../../addin/api-error.ts';
import { SignInError } from '../../addin/sign-in/sign-in-error.ts';
import { transition, type Screen, type ScreenEvent } from '../../addin/pane/state/screen.ts';
import { helps, isBlocking, troubleOf, type Trouble } from '../../addin/pane/state/trouble.ts';
import { changeMarks, markKey, withMarks, type Marks } from '../../addin/pane/state/marks.ts';
import { standingOf } from '../../addin/pane/state/standing.ts';
import { nameFrom } from '../../addin/pane/state/name.ts';
import { formatFor } from '../../addin/pane/format.ts';
import { me, summary } from './pane-data.ts';

const after = (...events: ScreenEvent[]): Screen => events.reduce<Screen>(transition, { is: 'starting' });
const ready = { event: 'started', how: 'ready', isWelcomed: true } as const;
const failed = (trouble: Trouble): ScreenEvent => ({ event: 'failed', trouble });
const seen = (changes: Partial<Me> = {}): ScreenEvent => ({ event: 'meSeen', me: { ...me, ...changes } });

describe('the pane as a whole', () => {
  test('says where it belongs when it is opened outside Outlook, and what to do without the library', () => {
    expect(after({ ...ready, how: 'outside' })).toEqual({ is: 'outside' });
    expect(after({ ...ready, how: 'missing' })).toEqual({ is: 'noOffice' });
  });

  test('greets once, and signs in after that', () => {
    const greeted = after({ ...ready, isWelcomed: false });
    expect(greeted).toEqual({ is: 'welcome' });
    expect(transition(greeted, failed('signedOut'))).toBe(greeted);
    expect(transition(greeted, { event: 'welcomed' })).toEqual({ is: 'connecting' });
    expect(after(ready)).toEqual({ is: 'connecting' });
  });

  test('opens with the first news, and stays open with a bar when the server is lost', () => {
    expect(after(ready, seen())).toEqual({ is: 'open', me, trouble: null });
    expect(after(ready, seen(), failed('offline'))).toEqual({ is: 'open', me, trouble: 'offline' });
    expect(after(ready, seen(), failed('offline'), seen())).toMatchObject({ is: 'open', trouble: null });
  });

  test('closes when somebody has to do something first, and opens by itself once it is done', () => {
    expect(after(ready, seen(), failed('signedOut'))).toEqual({ is: 'stopped', trouble: 'signedOut' });
    expect(after(ready, failed('offline'))).toEqual({ is: 'stopped', trouble: 'offline' });
    expect(after(ready, seen({ mailbox: null }))).toEqual({ is: 'stopped', trouble: 'notSetUp' });
    expect(after(ready, seen({ state: 'disabled' }))).toEqual({ is: 'stopped', trouble: 'switchedOff' });
    expect(after(ready, seen({ mailbox: null }), seen())).toMatchObject({ is: 'open' });
    expect(after(ready, failed('signedOut'), { event: 'tried' })).toEqual({ is: 'connecting' });
  });

  test('takes the bar away once the server answers again, even with no news', () => {
    const lost = after(ready, seen(), failed('offline'));
    expect(transition(lost, { event: 'meSeen', me })).toMatchObject({ trouble: null });
    const down = after(ready, { event: 'meSeen', me }, failed('sideDown'));
    expect(transition(down, { event: 'meSeen', me })).toBe(down);
    expect(transition(down, { event: 'worked' })).toMatchObject({ trouble: null });
  });

  test('says so when a side fails for everybody', () => {
    expect(after(ready, seen({ state: 'failing' }))).toMatchObject({ is: 'open', trouble: 'sideDown' });
  });
});

describe('what goes wrong', () => {
  const answer = (status: number, code: string | null): ApiError =>
    new ApiError(code === null ? 'server' : 'problem', { status, code, requestId: null });

  test.each([
    [new ApiError('offline', { status: null, code: null, requestId: null }), 'offline'],
    [new ApiError('slow', { status: null, code: null, requestId: null }), 'offline'],
    [new ApiError('signedOut', { status: 401, code: 'token-invalid', requestId: null }), 'signedOut'],
    [answer(403, 'person-unmapped'), 'notSetUp'],
    [answer(403, 'scope-missing'), 'noPermission'],
    [answer(404, 'not-found'), 'serverTooOld'],
    [answer(404, null), 'serverTooOld'],
    [answer(429, 'too-many-requests'), 'busy'],
    [answer(502, null), 'offline'],
    [answer(503, 'side-unreachable'), 'sideDown'],
    [answer(500, 'internal-error'), 'failed'],
    [new SignInError('interactionNeeded', ''), 'signedOut'],
    [new SignInError('consentNeeded', ''), 'consent'],
    [new SignInError('blocked', ''), 'blocked'],
  ] as const)('%s is "%s"', (error, trouble) => {
    expect(troubleOf(error)).toBe(trouble);
  });

  test('a bug of ours is not passed off as the weather', () => {
    expect(() => troubleOf(new TypeError('x is not a function'))).toThrow(TypeError);
  });

  test('what passes by itself leaves the last known on screen', () => {
    const passing = (Object.keys(helps) as Trouble[]).filter((trouble) => !isBlocking(trouble));
    expect(passing.toSorted()).toEqual(['busy', 'failed', 'offline', 'sideDown']);
  });
});

describe('a mark', () => {
  const key = markKey('contact', 'id');
  const pressed = (isOn: boolean): Marks => changeMarks(new Map(), { event: 'pressed', key, isOn });

  test('shows at once', () => {
    expect(withMarks(summary({ state: 'off', why: 'x' }), pressed(true))).toMatchObject({
      state: 'waiting',
      why: null,
    });
    expect(withMarks(summary({ state: 'inStep' }), pressed(false)).state).toBe('off');
    expect(withMarks(summary({ itemId: 'another', state: 'off' }), pressed(true)).state).toBe('off');
  });

  test('is taken back when it is refused', () => {
    const marks = changeMarks(pressed(true), { event: 'refused', key });
    expect(withMarks(summary({ state: 'off' }), marks).state).toBe('off');
  });

  test('holds until fresh news come after the answer, not before it', () => {
    const sending = pressed(true);
    expect(changeMarks(sending, { event: 'seen', keys: [key] })).toBe(sending);
    const answered = changeMarks(sending, {
      event: 'answered',
      key,
      state: 'waiting',
      why: 'soon',
      reasons: null,
    });
    expect(withMarks(summary({ state: 'off' }), answered)).toMatchObject({
      state: 'waiting',
      why: 'soon',
      reasons: null,
    });
    const after = changeMarks(answered, { event: 'seen', keys: [key] });
    expect(withMarks(summary({ state: 'inStep' }), after).state).toBe('inStep');
  });
});

describe('where an item stands', () => {
  test('has one action that helps', () => {
    const deed = (changes: Parameters<typeof summary>[0]) => standingOf(summary(changes), me).deed;
    expect(deed({ state: 'off' })).toBe('sync');
    expect(deed({ state: 'inStep' })).toBe('stop');
    expect(deed({ state: 'waiting' })).toBe('stop');
    expect(deed({ state: 'asking' })).toBe('answer');
    expect(deed({ state: 'attention' })).toBe('look');
    expect(deed({ state: 'inStep', kind: 'employee' })).toBeNull();
  });

  test('tells what no mark can change', () => {
    const off = summary({ state: 'off' });
    const why = (values: Readonly<Record<string, unknown>>) =>
      standingOf({ ...off, values: { siebel: null, exchange: values } }, me);
    expect(why({ isPrivate: true })).toMatchObject({ look: 'cannot', why: 'cannotPrivate', deed: 'look' });
    expect(why({ isCancelled: true })).toMatchObject({ look: 'cannot', why: 'cannotCancelled', deed: null });
    expect(why({ isPrivate: false })).toMatchObject({ look: 'off', deed: 'sync' });
    const domains = me.domains.map((one) => ({ ...one, level: 'import-only' }));
    expect(standingOf(off, { ...me, domains })).toMatchObject({ look: 'cannot', why: 'cannotLevel' });
    expect(standingOf(summary({ state: 'inStep' }), { ...me, domains }).look).toBe('inStep');
  });
});

describe('names of people on a mail', () => {
  test.each([
    ['Maria Lopez', 'Maria', 'Lopez'],
    ['Lopez, Maria', 'Maria', 'Lopez'],
    ['"Ana Maria de Souza" (Acme)', 'Ana Maria de', 'Souza'],
    ['maria.lopez@acme.example', 'Maria', 'Lopez'],
    ['info@acme.example', '', 'Info'],
    ['Cher', '', 'Cher'],
  ])('%s', (shown, firstName, lastName) => {
    expect(nameFrom(shown)).toEqual({ firstName, lastName });
  });
});

describe('times', () => {
  const nowMs = () => Date.parse('2026-11-22T12:00:00Z');
  const format = formatFor({ language: 'de', zone: 'Europe/Berlin', nowMs });

  test('of today are told without the day', () => {
    expect(format.since('2026-11-22T08:41:00Z')).toBe('09:41');
    expect(format.since('2026-11-21T08:41:00Z')).toContain('21.11.2026');
  });

  test('of an item are what the item says, in whatever zone one is', () => {
    expect(format.wall('2026-11-23T09:00:00')).toContain('9:00');
    expect(format.wall('2026-11-23')).toContain('23');
    expect(format.wall('soon')).toBe('soon');
  });

  test('are shown where Outlook names its zone as Windows does', () => {
    const windows = formatFor({ language: 'en', zone: 'W. Europe Standard Time', nowMs });
    expect(windows.moment('2026-11-22T08:41:00Z')).toContain('2026');
  });
});
