import type { Context } from '../context.ts';
import { personByMailbox } from '../store/people.ts';
import { peopleWithState } from '../store/status.ts';
import { usage, type Command, type PersonPlan } from './command.ts';

/** `plan [--person <mailbox>]`: what would be written now, without writing it; person by person, so that it can be stopped. */
export const plan: Command = async ({ context, terminal, planFor }, { person }) => {
  const mailboxes = person === null ? await everybody(context) : [await known(context, person)];
  const plans: PersonPlan[] = [];
  for (const [index, mailbox] of mailboxes.entries()) {
    if (terminal.signal.aborted) break;
    terminal.progress(
      `Reading both sides for ${mailbox}, ${index + 1} of ${mailboxes.length}; nothing is written.`,
    );
    for (const one of await planFor(context, mailbox)) {
      plans.push(one);
      terminal.line(described(one));
    }
  }
  terminal.json(plans.map((one) => ({ ...one, counts: countsOf(one), mails: mailsOf(one) })));
  if (terminal.signal.aborted) terminal.line('Stopped; nothing was written.');
  else if (plans.length === 0) terminal.line('Nobody is switched on; `people import` adds people.');
  return terminal.signal.aborted || plans.some((one) => one.trouble !== null) ? 1 : 0;
};

async function everybody({ db }: Context): Promise<readonly string[]> {
  const people = await peopleWithState(db);
  return people.filter((row) => row.enabled).map((row) => row.mailbox);
}

async function known({ db }: Context, mailbox: string): Promise<string> {
  const row = await personByMailbox(db, mailbox);
  if (row === null) throw usage(`${mailbox} is not on the user map; \`people list\` shows who is.`);
  return row.mailbox;
}

function described(one: PersonPlan): string {
  const { person, steps, trouble } = one;
  if (trouble !== null) return `${person}: cannot be planned. ${trouble}`;
  if (steps.length === 0) return `${person}: nothing to do.`;
  const counts = Object.entries(countsOf(one)).map(([what, count]) => `${what} ${count}`);
  const lines = steps.map(({ do: verb, side, kind, item, fields, mails, why }) => {
    const where = side === null ? 'both' : side === 'siebel' ? 'Siebel' : 'Outlook';
    const which = fields.length > 0 ? ` (${fields.join(', ')})` : '';
    const told = mails > 0 ? ` It would mail ${people(mails)}.` : '';
    return `  ${verb.padEnd(7)} ${where.padEnd(8)} ${kind.padEnd(11)} ${item}${which}: ${why}${told}`;
  });
  return [`${person}: ${counts.join(', ')}; would mail ${people(mailsOf(one))}`, ...lines].join('\n');
}

function people(count: number): string {
  if (count === 0) return 'nobody';
  return count === 1 ? 'one person' : `${count} people`;
}

/** Whoever is a guest of two meetings counts twice, for that many mails come. */
function mailsOf({ steps }: PersonPlan): number {
  return steps.reduce((sum, { mails }) => sum + mails, 0);
}

function countsOf({ steps }: PersonPlan): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const step of steps) {
    const what = step.side === null ? step.do : `${step.do} in ${step.side}`;
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
}
