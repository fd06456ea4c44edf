import { describe, expect, test } from 'vitest';
import { ApiError } from '../../addin/api-error.ts';
import { toggle } from '../../addin/command/toggle.ts';
import { OfficeError } from '../../addin/office/office-error.ts';
import type { OpenItem, Sight } from '../../addin/office/port.ts';
import { SignInError } from '../../addin/sign-in/sign-in-error.ts';
import type { Me } from '../../shared/api.ts';
import type { ItemDetail, ItemState } from '../../shared/api-items.ts';

const appointment: OpenItem = {
  identity: 'A',
  type: 'appointment',
  mode: 'compose',
  itemId: 'A',
  subject: 'Plant tour',
  start: null,
  end: null,
  from: null,
  people: [],
  isInSeries: false,
  isMeetingMail: false,
};

type Stage = Readonly<{
  item?: Partial<OpenItem> | null;
  state?: ItemState;
  fails?: Error;
  canHint?: boolean;
}>;

/** Presses the button; answers what is said and what was done. */
async function press({ item = {}, state = 'off', fails, canHint = true }: Stage) {
  const done: string[] = [];
  const sight: Sight =
    item === null
      ? { state: 'none', generation: 1 }
      : { state: 'open', generation: 1, item: { ...appointment, ...item } };
  const domain = { domain: 'appointment', category: 'Siebel Calendar' };
  const write = (what: string) => async (_domain: string, itemId: string) => {
    done.push(`${what} ${itemId}`);
    return { domain: 'appointment' as const, itemId, state: 'waiting' as const, why: null, reasons: null };
  };
  const said = await toggle({
    outlook: {
      sight: async () => sight,
      hintCategory: async (name, isOn) => {
        done.push(`${isOn ? 'show' : 'hide'} ${name}`);
        return canHint;
      },
    },
    api: async () => ({
      me: async () => ({ domains: [domain] }) as unknown as Me,
      item: async () => {
        if (fails) throw fails;
        return { state } as unknown as ItemDetail;
      },
      mark: write('mark'),
      unmark: write('unmark'),
    }),
  });
  return { said, done };
}

const problem = (code: string) => new ApiError('problem', { status: 409, code, requestId: null });
const silent = (trouble: 'offline' | 'signedOut' | 'server') =>
  new ApiError(trouble, { status: null, code: null, requestId: null });

describe('Sync to Siebel', () => {
  test('marks an appointment that is off', async () => {
    expect(await press({})).toEqual({ said: 'marked', done: ['mark A', 'show Siebel Calendar'] });
  });

  test.each(['inStep', 'waiting'] as const)('stops syncing one that is %s', async (state) => {
    expect(await press({ state })).toEqual({ said: 'unmarked', done: ['unmark A', 'hide Siebel Calendar'] });
  });

  test.each(['asking', 'attention', 'held'] as const)('touches nothing that is %s', async (state) => {
    expect(await press({ state })).toEqual({ said: 'attention', done: [] });
  });

  test('never saves: a new appointment gets its category, which is saved with it', async () => {
    const unsaved = { itemId: null, identity: 'unsaved-1' };
    expect(await press({ item: unsaved })).toEqual({
      said: 'markedWhenSaved',
      done: ['show Siebel Calendar'],
    });
    expect((await press({ item: unsaved, canHint: false })).said).toBe('saveFirst');
  });

  test.each([
    [null, 'nothingOpen'],
    [{ type: 'message' as const }, 'message'],
    [{ type: 'message' as const, isMeetingMail: true }, 'meetingMail'],
  ])('with %j open says %s', async (item, said) => {
    expect(await press({ item })).toEqual({ said, done: [] });
  });

  test.each([
    [problem('item-not-found'), 'notThere'],
    [problem('person-unmapped'), 'notSetUp'],
    [problem('person-disabled'), 'switchedOff'],
    [problem('domain-off'), 'switchedOff'],
    [problem('side-unreachable'), 'failed'],
    [silent('offline'), 'offline'],
    [silent('signedOut'), 'signIn'],
    [silent('server'), 'failed'],
    [new SignInError('interactionNeeded', ''), 'signIn'],
    [new SignInError('offline', ''), 'offline'],
    [new OfficeError('timeout', 0, ''), 'failed'],
  ])('answers %s with %s', async (fails, said) => {
    expect((await press({ fails })).said).toBe(said);
  });
});
