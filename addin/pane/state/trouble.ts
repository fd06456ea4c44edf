import { ApiError } from '../../api-error.ts';
import { SignInError, type SignInTrouble } from '../../sign-in/sign-in-error.ts';
import type { PaneKey } from '../../text/pane.ts';

/** What keeps the pane, or one request of it, from working; each has real words and one action that helps. */
export type Trouble =
  | 'signedOut'
  | 'consent'
  | 'blocked'
  | 'offline'
  | 'notSetUp'
  | 'switchedOff'
  | 'noPermission'
  | 'serverTooOld'
  | 'busy'
  | 'sideDown'
  | 'failed';

export type Help = 'signIn' | 'retry' | 'copyNote';

export const helps: Readonly<Record<Trouble, Readonly<{ title: PaneKey; text: PaneKey; help: Help }>>> = {
  signedOut: { title: 'signedOutTitle', text: 'signedOutText', help: 'signIn' },
  consent: { title: 'consentTitle', text: 'consentText', help: 'copyNote' },
  blocked: { title: 'blockedTitle', text: 'blockedText', help: 'signIn' },
  offline: { title: 'offlineTitle', text: 'offlineText', help: 'retry' },
  notSetUp: { title: 'notSetUpTitle', text: 'notSetUpText', help: 'copyNote' },
  switchedOff: { title: 'switchedOffTitle', text: 'switchedOffText', help: 'copyNote' },
  noPermission: { title: 'noPermissionTitle', text: 'noPermissionText', help: 'copyNote' },
  serverTooOld: { title: 'serverTooOldTitle', text: 'serverTooOldText', help: 'copyNote' },
  busy: { title: 'busyTitle', text: 'busyText', help: 'retry' },
  sideDown: { title: 'sideDownTitle', text: 'sideDownText', help: 'retry' },
  failed: { title: 'failedTitle', text: 'failedText', help: 'retry' },
};

/** While one of these lasts there is nothing to show; with the others, what is on screen stays there. */
export function isBlocking(trouble: Trouble): boolean {
  return helps[trouble].help !== 'retry';
}

const ofCode: Readonly<Record<string, Trouble>> = {
  'person-unmapped': 'notSetUp',
  'person-disabled': 'switchedOff',
  'scope-missing': 'noPermission',
  'admin-only': 'noPermission',
  // An address of the API this server does not know yet.
  'not-found': 'serverTooOld',
  'method-not-allowed': 'serverTooOld',
  'too-many-requests': 'busy',
  'side-unreachable': 'sideDown',
  'sign-in-unreachable': 'offline',
};

const ofSignIn: Readonly<Record<SignInTrouble, Trouble>> = {
  interactionNeeded: 'signedOut',
  cancelled: 'signedOut',
  offline: 'offline',
  consentNeeded: 'consent',
  blocked: 'blocked',
  unavailable: 'blocked',
  failed: 'signedOut',
};

/** Our own bugs are no trouble of the world: they are thrown on. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof SignInError) return ofSignIn[error.trouble];
  if (!(error instanceof ApiError)) throw error;
  const { trouble, status, code } = error;
  if (trouble === 'signedOut') return 'signedOut';
  if (trouble === 'offline' || trouble === 'slow') return 'offline';
  if (code !== null) return ofCode[code] ?? 'failed';
  // Answers that are not of our API: a gateway whose server is gone, or a server without these pages.
  if (status === 404) return 'serverTooOld';
  return status === 502 || status === 503 || status === 504 ? 'offline' : 'failed';
}
