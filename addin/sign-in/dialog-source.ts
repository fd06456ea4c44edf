import type { DialogEnd } from '../office/port.ts';
import type { TokenSource } from './sign-in.ts';
import { SignInError, type SignInTrouble } from './sign-in-error.ts';

/** What the dialog's page says to the pane. */
export type DialogMessage =
  | Readonly<{ said: 'token'; text: string; endsAtMs: number }>
  | Readonly<{ said: 'error'; trouble: SignInTrouble; message: string; correlationId: string | null }>;

type DialogOptions = Readonly<{
  openDialog: (url: string) => Promise<DialogEnd>;
  /** Address of our sign-in page, on our own origin. */
  pageUrl: string;
}>;

/** For clients without nested app authentication: our own page in Outlook's dialog signs in and hands the token over. */
export function dialogSource({ openDialog, pageUrl }: DialogOptions): TokenSource {
  return async ({ isInteractive }) => {
    if (!isInteractive) throw new SignInError('interactionNeeded', 'Signing in here takes a window.');
    const end = await openDialog(pageUrl);
    if (end.end === 'closed') throw new SignInError('cancelled', 'The window was closed.');
    if (end.end === 'blocked') throw new SignInError('blocked', 'Outlook did not open the window.');
    const message = messageFrom(end.text);
    if (message.said === 'token') return { text: message.text, endsAtMs: message.endsAtMs };
    throw new SignInError(message.trouble, message.message, message.correlationId);
  };
}

/** Both pages are ours and of one build; a text that is no message at all comes from somebody else. */
function messageFrom(text: string): DialogMessage {
  const message: unknown = JSON.parse(text);
  if (typeof message === 'object' && message !== null && 'said' in message) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
    return message as DialogMessage;
  }
  throw new SignInError('failed', 'The window said something that is no answer.');
}
