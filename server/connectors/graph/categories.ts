import { domains } from '../../../shared/domain.ts';
import type { Failure, Holder } from '../connector.ts';
import type { CategoryColour } from '../directory.ts';
import { failureFrom, isDone } from './errors.ts';
import type { GraphAnswer } from './packer.ts';
import type { Outlook } from './read.ts';
import { pageFrom, segment, textFrom, type GraphRow } from './wire.ts';

/** A colour of Outlook's palette (blue); a person may change it, and nothing here changes it back. */
const colour = 'preset7';

/**
 * Makes sure that a mailbox's master list holds the categories that carry the mark, so that they show with a colour and can
 * be picked in every Outlook. Where they exist nothing is written. Items may carry names outside the list, so a failure
 * here stops no item.
 */
export function ensureCategories(
  outlook: Outlook,
  holders: readonly Holder[],
): Promise<readonly (Failure | null)[]> {
  return Promise.all(holders.map((holder) => ensureFor(outlook, holder)));
}

async function ensureFor(outlook: Outlook, holder: Holder): Promise<Failure | null> {
  const mailbox = holder.userId;
  const path = pathOf(mailbox);
  const rows = await listed(outlook, mailbox);
  if ('kind' in rows) return rows;
  const known = new Set(rows.map((row) => textFrom(row['displayName'])?.toLowerCase()));
  const missing = marksOf(holder).filter((name) => !known.has(name.toLowerCase()));
  const made = await Promise.all(
    missing.map((displayName) =>
      outlook.client.request({ mailbox, method: 'POST', path, body: { displayName, color: colour } }),
    ),
  );
  return made.map((one) => failureOf(outlook, one)).find((failure) => failure !== null) ?? null;
}

/** The whole master list; it has no pages. A colour is `none` or `preset0` to `preset24`. */
export async function categories(
  outlook: Outlook,
  holder: Holder,
): Promise<readonly CategoryColour[] | Failure> {
  const rows = await listed(outlook, holder.userId);
  if ('kind' in rows) return rows;
  return rows.flatMap((row) => {
    const name = textFrom(row['displayName']);
    const preset = /^preset(\d+)$/i.exec(textFrom(row['color']) ?? '')?.[1];
    return name === null ? [] : [{ name, preset: preset === undefined ? null : Number(preset) }];
  });
}

async function listed(outlook: Outlook, mailbox: string): Promise<readonly GraphRow[] | Failure> {
  const answer = await outlook.client.request({ mailbox, method: 'GET', path: pathOf(mailbox) });
  if (answer.answer === 'failed') return answer.failure;
  const page = isDone(answer) ? pageFrom(answer.body) : null;
  return page === null ? failureFrom(answer, outlook.client.nowMs()) : page.rows;
}

function pathOf(mailbox: string): string {
  return `/users/${segment(mailbox)}/outlook/masterCategories`;
}

/** The marks of all domains, none twice: an organisation may name two of them alike. */
function marksOf({ marks }: Holder): readonly string[] {
  const names = domains.flatMap((domain) => [marks[domain].write, marks[domain].employee ?? []].flat());
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
}

/** 409: somebody made it in the meantime. */
function failureOf(outlook: Outlook, answer: GraphAnswer): Failure | null {
  if (answer.answer === 'failed') return answer.failure;
  return isDone(answer) || answer.status === 409 ? null : failureFrom(answer, outlook.client.nowMs());
}
