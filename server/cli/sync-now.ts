import { lookNow, untilQuiet } from '../look-now.ts';
import { personByMailbox } from '../store/people.ts';
import type { Context } from '../context.ts';
import { usage, type Command } from './command.ts';

/** `sync now [--person <mailbox>] [--wait <seconds>]`: asks for a look at both sides and watches it through. */
export const syncNow: Command = async ({ context, terminal }, { person, wait }) => {
  const personId = person === null ? null : await personIdOf(context, person);
  const look = await lookNow(context, personId);
  let said = '';
  const progress = await untilQuiet(context, look, {
    limitMs: wait * 1000,
    signal: terminal.signal,
    tell: ({ status, written }) => {
      const now = `due ${status.cues.due}, running ${status.cues.running}, waiting ${status.cues.waiting}; written to Siebel ${written.siebel}, to Outlook ${written.exchange}`;
      if (now !== said) terminal.progress(now);
      said = now;
    },
  });
  const { quiet, written, status } = progress;
  terminal.json({ quiet, written, parked: status.cues.parked });
  if (quiet) {
    terminal.line(
      `In step. Written to Siebel ${written.siebel}, to Outlook ${written.exchange}; needing attention ${status.cues.parked}.`,
    );
    return 0;
  }
  const why = terminal.signal.aborted ? 'Stopped watching' : `Not done after ${wait} s`;
  terminal.line(
    `${why}; the work goes on in the server. If nothing moves, see whether \`npm run server\` or \`npm start\` is running, and \`status\`.`,
  );
  return 1;
};

async function personIdOf({ db }: Context, mailbox: string): Promise<string> {
  const person = await personByMailbox(db, mailbox);
  if (person === null) throw usage(`${mailbox} is not on the user map; \`people list\` shows who is.`);
  if (!person.enabled)
    throw usage(`Sync is switched off for ${mailbox}; switch it on in the user map first.`);
  return person.id;
}
