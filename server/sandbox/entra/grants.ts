import type { World } from '../world.ts';

const codeLifeMs = 10 * 60_000;
const refreshLifeMs = 90 * 86_400_000;

type CodeGrant = Readonly<{
  mailbox: string;
  redirectUri: string;
  scope: string;
  nonce: string | null;
  /** The S256 challenge, or null where none was sent. */
  challenge: string | null;
}>;
type RefreshGrant = Readonly<{ mailbox: string; scope: string }>;

type Issued<T> = T & Readonly<{ expiresAt: number; isUsed: boolean }>;

/** Codes and refresh tokens given out since the last reset. */
export type Grants = Readonly<{
  issueCode: (grant: CodeGrant) => string;
  code: (code: string) => Issued<CodeGrant> | null;
  /** A code works once. */
  use: (code: string) => void;
  issueRefresh: (grant: RefreshGrant) => string;
  refresh: (token: string) => Issued<RefreshGrant> | null;
  clear: () => void;
}>;

export function createGrants(world: World): Grants {
  const codes = new Map<string, Issued<CodeGrant>>();
  const refreshTokens = new Map<string, Issued<RefreshGrant>>();
  const secret = () => `${world.uuid()}${world.uuid()}`.replaceAll('-', '');
  return {
    issueCode: (grant) => {
      const code = `0.${secret()}`;
      codes.set(code, { ...grant, expiresAt: world.now().getTime() + codeLifeMs, isUsed: false });
      return code;
    },
    code: (code) => codes.get(code) ?? null,
    use: (code) => {
      const issued = codes.get(code);
      if (issued) codes.set(code, { ...issued, isUsed: true });
    },
    issueRefresh: (grant) => {
      const token = `1.${secret()}`;
      refreshTokens.set(token, {
        ...grant,
        expiresAt: world.now().getTime() + refreshLifeMs,
        isUsed: false,
      });
      return token;
    },
    refresh: (token) => refreshTokens.get(token) ?? null,
    clear: () => {
      codes.clear();
      refreshTokens.clear();
    },
  };
}
