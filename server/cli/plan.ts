import { personByMailbox } from '../store/people.ts';
import { usage, type Command, type PersonPlan } from './command.ts';

/** `plan [--person <mailbox>]`: what would be written now, without writing it. */
export const plan: Command = async ({ context, terminal, planFor }, { person }) => {
  if (person !== null && (await personByMailbox(context.db, person)) === null) {
    throw usage(`${person} is not on the user map; \`people list\` shows who is.`);
  }
  terminal.progress('Reading both sides; nothing is written.');
  const plans = await planFor(context, person);
  terminal.json(plans.map((one) => ({ ...one, counts: countsOf(one) })));
  for (const one of plans) terminal.line(described(one));
  if (plans.length === 0) terminal.line('Nobody is switched on; `people import` adds people.');
  return plans.some((one) => one.trouble !== null) ? 1 : 0;
};

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
