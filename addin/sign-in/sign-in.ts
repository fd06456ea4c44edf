import { SignInError, signInErrorOf } from './sign-in-error.ts';

/** A token and when it ends, in milliseconds since 1970. Tokens live in memory only and are never logged. */
type Token = Readonly<{ text: string; endsAtMs: number }>;

export type TokenAsked = Readonly<{ isInteractive: boolean; claims: string | null }>;

/** One way to a token: nested app authentication, or a dialog. Rejects with what its library throws. */
export type TokenSource = (asked: TokenAsked) => Promise<Token>;

/** What the API client needs: a token without asking anybody. */
export type Bearer = Readonly<{
  token: (options: Readonly<{ claims: string | null }>) => Promise<string>;
}>;

export type SignIn = Bearer &
  Readonly<{
    /** From a click only: windows that open by themselves are blocked. */
    signIn: () => Promise<void>;
  }>;

type SignInOptions = Readonly<{
  /** In the order they are tried. */
  sources: readonly TokenSource[];
  nowMs: () => number;
}>;

/** A token that ends sooner than this is not sent any more. */
const spareMs = 120_000;

/** Signs in to our own API, and only to it. Rejects with a `SignInError`. */
export function createSignIn({ sources, nowMs }: SignInOptions): SignIn {
  let known: Token | null = null;
  let asking: Promise<Token> | null = null;
  let claimsToMeet: string | null = null;
  const acquire = async (asked: TokenAsked): Promise<Token> => {
    const token = await firstOf(sources, asked);
    known = token;
    claimsToMeet = null;
    return token;
  };
  /** Several calls at once share one request. */
  const shared = (asked: TokenAsked): Promise<Token> => {
    asking ??= acquire(asked).finally(() => {
      asking = null;
    });
    return asking;
  };
  return {
    token: async ({ claims }) => {
      if (claims !== null) {
        known = null;
        claimsToMeet = claims;
      }
      if (known !== null && known.endsAtMs - spareMs > nowMs()) return known.text;
      return (await shared({ isInteractive: false, claims: claimsToMeet })).text;
    },
    signIn: async () => void (await acquire({ isInteractive: true, claims: claimsToMeet })),
  };
}

/** The next source is for clients that lack the one before; a person's "no" is an answer. */
async function firstOf(sources: readonly TokenSource[], asked: TokenAsked): Promise<Token> {
  let last = new SignInError('unavailable', 'This Outlook offers no way to sign in.');
  for (const source of sources) {
    try {
      return await source(asked);
    } catch (error) {
      last = signInErrorOf(error);
      if (last.trouble !== 'unavailable' && last.trouble !== 'blocked' && last.trouble !== 'failed')
        throw last;
    }
  }
  throw last;
}

/**
 * The claims a 401 asks a fresh token for (continuous access evaluation): `claims="<base64>"` in its challenge. An empty
 * text asks for a new token with no further claims.
 * Source: entra-docs `claims-challenge.md`.
 */
export function claimsAskedFor(headers: Headers): string {
  const found = /\bclaims="([^"]+)"/.exec(headers.get('www-authenticate') ?? '')?.[1];
  if (found === undefined) return '';
  try {
    return atob(found.replaceAll('-', '+').replaceAll('_', '/'));
  } catch (error) {
    // Not base64: nothing we could repeat to the authority.
    if (error instanceof DOMException) return '';
    throw error;
  }
}
