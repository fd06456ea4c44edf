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
  terminal.json(plans.map((one) => ({ ...one, counts: countsOf(one) })));
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
  const lines = steps.map(({ do: verb, side, kind, item, fields, why }) => {
    const where = side === null ? 'both' : side === 'siebel' ? 'Siebel' : 'Outlook';
    const which = fields.length > 0 ? ` (${fields.join(', ')})` : '';
    return `  ${verb.padEnd(7)} ${where.padEnd(8)} ${kind.padEnd(9)} ${item}${which}: ${why}`;
  });
  return [`${person}: ${counts.join(', ')}`, ...lines].join('\n');
}

function countsOf({ steps }: PersonPlan): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const step of steps) {
    const what = step.side === null ? step.do : `${step.do} in ${step.side}`;
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
}
