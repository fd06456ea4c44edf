import { describeItem, labelOfField, titleOf } from '../../shared/describe-item.ts';
import type { Context } from '../context.ts';
import { holderFor, outlookIdOf } from '../holder.ts';
import type { JournalEntryRow } from '../store/journal-view.ts';
import { listJournal } from '../store/journal-view.ts';
import { findItems, type Explained } from '../store/items-view.ts';
import { parkedOfRecord } from '../store/parked-view.ts';
import type { PersonRow } from '../store/people-at-work.ts';
import { personByMailbox } from '../store/people.ts';
import { currentPolicy } from '../store/policy.ts';
import { questionsOfLink } from '../store/questions-view.ts';
import { whyClosed } from '../why-off.ts';
import { usage, type Command } from './command.ts';
import { unlinkedNamed } from './explain-unlinked.ts';

const mostLinks = 20;
const historyLength = 20;

/**
 * `explain <item> [--person <mailbox>]`: why an item is or is not in step. The item is an Outlook id, a Siebel row id, one
 * of our ids, or a part of its name.
 */
export const explain: Command = async ({ context, terminal }, { positionals, person }) => {
  // A name of several words needs no quotes.
  const text = positionals.join(' ');
  if (text === '')
    throw usage('Say which item: explain <Outlook id, Siebel row id or name> [--person <mailbox>].');
  const known = person === null ? null : await personByMailbox(context.db, person);
  if (person !== null && known === null)
    throw usage(`${person} is not on the user map; \`people list\` shows who is.`);
  const wanted = {
    text: await immutable(context, known, text),
    personId: known?.id ?? null,
    limit: mostLinks,
  };
  const found = await findItems(context.db, wanted);
  const explained: Explanation[] = [];
  for (const item of found) explained.push(await explanationOf(context, item));
  if (known !== null && explained.length === 0) {
    const unlinked = await unlinkedNamed(context, known, text);
    explained.push(...unlinked.map((one) => ({ ...untouched, ...one, mailbox: known.mailbox })));
  }
  terminal.json(explained);
  if (explained.length === 0) {
    const hint =
      known === null ? ' With --person <mailbox> it is also looked for among what is not kept in step.' : '';
    terminal.line(
      `Nobody's items go by "${text}". It may never have been marked: an Outlook contact needs its category, a Siebel contact a person on its Sync List.${hint}`,
    );
    return 1;
  }
  for (const one of explained) terminal.line(told(one));
  return 0;
};

/** Add-ins and people hold mutable ids; only with the mailbox can one be looked up. */
async function immutable({ db, exchange }: Context, person: PersonRow | null, text: string): Promise<string> {
  if (person === null || text.length < 40) return text;
  const holder = holderFor(person, (await currentPolicy(db)).document);
  // An occurrence of a series leads to the series; of a contact's id the answer is the same.
  const ids = await exchange.immutableIds(holder, 'appointment', [text]);
  return 'kind' in ids ? text : (ids[0] ?? text);
}

type Explanation = Readonly<{
  mailbox: string;
  item: string;
  kind: string;
  state: string;
  why: string | null;
  outlookId: string | null;
  siebelId: string | null;
  settledAt: string | null;
  notes: readonly string[];
  parked: readonly string[];
  questions: readonly string[];
  differences: readonly string[];
  history: readonly string[];
}>;

const untouched = {
  outlookId: null,
  siebelId: null,
  settledAt: null,
  notes: [],
  parked: [],
  questions: [],
  differences: [],
  history: [],
};

async function explanationOf({ db }: Context, item: Explained): Promise<Explanation> {
  const parked = await parkedOfRecord(db, item.record_id);
  const questions = await questionsOfLink(db, item.link_id);
  const history = await listJournal(db, {
    personId: null,
    recordId: item.record_id,
    domain: null,
    refs: null,
    since: null,
    after: null,
    limit: historyLength,
  });
  return {
    mailbox: item.mailbox,
    item: nameOf(item),
    kind: item.kind,
    state: item.state,
    why: item.parked_reason ?? (item.is_open ? item.why : whyClosed(item).why),
    outlookId: outlookIdOf(item.domain, item.ref),
    siebelId: item.siebel_ref,
    settledAt: item.settled_at,
    notes: item.notes.map(({ field, what, reason }) => `${field} ${what}: ${reason}`),
    parked: parked.filter((row) => row.link_id === item.link_id).map((row) => row.reason),
    questions: questions.map((row) => `${row.label}: ${row.fields.map(({ field }) => field).join(', ')}`),
    differences: differencesOf(item),
    history: history.items.map(historyLine),
  };
}

function nameOf({ exchange, siebel }: Explained): string {
  const item = exchange ?? siebel;
  return item === null ? '' : titleOf(item);
}

/** Fields the two sides agreed to hold differently: what one of them cannot store as the other does. */
function differencesOf({ siebel, exchange }: Explained): readonly string[] {
  if (siebel === null || exchange === null) return [];
  const [inSiebel, inOutlook] = [describeItem(siebel), describeItem(exchange)];
  return [...new Set([...inSiebel.keys(), ...inOutlook.keys()])]
    .filter((field) => inSiebel.get(field) !== inOutlook.get(field))
    .map((field) => {
      const [here, there] = [inSiebel, inOutlook].map((side) => JSON.stringify(side.get(field) ?? null));
      return `${labelOfField(field)}: Siebel ${here}, Outlook ${there}`;
    });
}

function historyLine(row: JournalEntryRow): string {
  const lost =
    row.lost.length > 0
      ? ` Kept from ${row.lost.map(({ field, side }) => `${side} ${field}`).join(', ')}.`
      : '';
  return `${row.at} ${row.mailbox ?? 'Siebel'} ${row.verdict}: ${row.step || 'nothing written'} (${row.cause}). ${row.why}${lost}`;
}

function told(one: Explanation): string {
  const lists = [
    ['Notes', one.notes],
    ['Needs attention', one.parked],
    ['Asked', one.questions],
    ['Held differently', one.differences],
    ['History, the newest first', one.history],
  ] as const;
  return [
    `${one.item || '(no name)'} of ${one.mailbox}: ${one.state}${one.why ? `. ${one.why}` : ''}`,
    `  Outlook ${one.outlookId ?? 'none'}, Siebel ${one.siebelId ?? 'none'}, ${one.kind}, last in step ${one.settledAt ?? 'never'}`,
    ...lists.flatMap(([title, entries]) =>
      entries.length === 0 ? [] : [`  ${title}:`, ...entries.map((entry) => `    ${entry}`)],
    ),
  ].join('\n');
}
