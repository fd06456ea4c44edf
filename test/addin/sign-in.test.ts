import { describe, expect, test } from 'vitest';
import { dialogSource } from '../../addin/sign-in/dialog-source.ts';
import { claimsAskedFor, createSignIn, type TokenAsked } from '../../addin/sign-in/sign-in.ts';
import { SignInError, signInErrorOf } from '../../addin/sign-in/sign-in-error.ts';

const hourMs = 3_600_000;

function stage(answer: (asked: TokenAsked) => Promise<string> = async () => 'token') {
  const asked: TokenAsked[] = [];
  let nowMs = 0;
  const signIn = createSignIn({
    sources: [
      async (asking) => {
        asked.push(asking);
        return { text: `${await answer(asking)} ${asked.length}`, endsAtMs: nowMs + hourMs };
      },
    ],
    nowMs: () => nowMs,
  });
  return { signIn, asked, wait: (ms: number) => (nowMs += ms) };
}

describe('signing in', () => {
  test('asks once for many requests at the same time, and never a person', async () => {
    const { signIn, asked } = stage();
    const tokens = await Promise.all([1, 2, 3].map(() => signIn.token({ claims: null })));
    expect(tokens).toEqual(['token 1', 'token 1', 'token 1']);
    expect(asked).toEqual([{ isInteractive: false, claims: null }]);
  });

  test('asks again shortly before a token ends', async () => {
    const { signIn, wait } = stage();
    await signIn.token({ claims: null });
    wait(hourMs - 3 * 60_000);
    expect(await signIn.token({ claims: null })).toBe('token 1');
    wait(2 * 60_000);
    expect(await signIn.token({ claims: null })).toBe('token 2');
  });

  test('meets the claims a server asks for, by a click if it takes one', async () => {
    const { signIn, asked } = stage(async ({ isInteractive, claims }) => {
      if (claims !== null && !isInteractive) throw new SignInError('interactionNeeded', 'prove it again');
      return 'token';
    });
    await signIn.token({ claims: null });
    await expect(signIn.token({ claims: '{"x":1}' })).rejects.toMatchObject({ trouble: 'interactionNeeded' });
    await signIn.signIn();
    expect(asked.at(-1)).toEqual({ isInteractive: true, claims: '{"x":1}' });
    expect(await signIn.token({ claims: null })).toBe('token 3');
  });

  test('takes the next way where the client lacks one, and no other after a "no"', async () => {
    const lacking = async () => {
      throw new SignInError('unavailable', 'no bridge');
    };
    const other = async () => ({ text: 'from the dialog', endsAtMs: hourMs });
    const signIn = createSignIn({ sources: [lacking, other], nowMs: () => 0 });
    expect(await signIn.token({ claims: null })).toBe('from the dialog');
    const cancelled = async () => {
      throw new SignInError('cancelled', 'closed');
    };
    const refusing = createSignIn({ sources: [cancelled, other], nowMs: () => 0 });
    await expect(refusing.signIn()).rejects.toMatchObject({ trouble: 'cancelled' });
  });
});

describe('the dialog', () => {
  const source = (end: Parameters<typeof dialogSource>[0]['openDialog']) =>
    dialogSource({ openDialog: end, pageUrl: 'https://sync.example/sign-in/index.html' });
  const click = { isInteractive: true, claims: null };

  test('opens from a click only', async () => {
    const silent = source(async () => ({ end: 'closed' }));
    await expect(silent({ isInteractive: false, claims: null })).rejects.toMatchObject({
      trouble: 'interactionNeeded',
    });
  });

  test('hands over a token, and says it when it was closed or blocked', async () => {
    const text = JSON.stringify({ said: 'token', text: 't', endsAtMs: 5 });
    expect(await source(async () => ({ end: 'message', text }))(click)).toMatchObject({ text: 't' });
    await expect(source(async () => ({ end: 'closed' }))(click)).rejects.toMatchObject({
      trouble: 'cancelled',
    });
    await expect(source(async () => ({ end: 'blocked' }))(click)).rejects.toMatchObject({
      trouble: 'blocked',
    });
  });
});

test.each([
  [{ name: 'InteractionRequiredAuthError', errorCode: 'no_tokens_found' }, 'interactionNeeded'],
  [{ name: 'BrowserAuthError', errorCode: 'user_cancelled' }, 'cancelled'],
  [{ name: 'BrowserAuthError', errorCode: 'no_network_connectivity' }, 'offline'],
  [{ name: 'ServerError', errorCode: 'x', errorMessage: 'AADSTS65001: consent' }, 'consentNeeded'],
  [{ name: 'ServerError', errorCode: 'x', errorMessage: 'AADSTS53003: blocked by policy' }, 'blocked'],
  [{ name: 'BrowserAuthError', errorCode: 'popup_window_error' }, 'blocked'],
  [{ name: 'ServerError', errorCode: '', errorMessage: '' }, 'failed'],
  ['a text', 'failed'],
])('%j means %s', (error, trouble) => {
  expect(signInErrorOf(error).trouble).toBe(trouble);
});

test('the claims of a challenge are read from it, whatever stands around them', () => {
  const claims = '{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}';
  const challenge = `Bearer realm="", error="insufficient_claims", claims="${btoa(claims)}"`;
  expect(claimsAskedFor(new Headers({ 'www-authenticate': challenge }))).toBe(claims);
  expect(claimsAskedFor(new Headers())).toBe('');
  expect(claimsAskedFor(new Headers({ 'www-authenticate': 'Bearer claims="%%%"' }))).toBe('');
});
