import type { Say } from '../texts.ts';
import { helps, type Trouble } from '../state/trouble.ts';

type HelpTools = Readonly<{
  say: Say;
  mailbox: string;
  requestId: string | null;
  signIn: () => void;
  retry: () => void;
  copy: (text: string) => void;
}>;

/** A trouble in words, with the one action that helps. */
export function troubleHelp(trouble: Trouble, tools: HelpTools) {
  const { say, mailbox, requestId } = tools;
  const { title, text, help } = helps[trouble];
  const note = say('adminNote', { title: say(title), mailbox, request: requestId ?? '–' });
  const actions = {
    signIn: { label: say('signIn'), run: tools.signIn },
    retry: { label: say('tryAgain'), run: tools.retry },
    copyNote: { label: say('askAdmin'), run: () => tools.copy(note) },
  } as const;
  return { title: say(title), text: say(text, { mailbox }), action: actions[help] };
}
