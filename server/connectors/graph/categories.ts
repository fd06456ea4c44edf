import { domains } from '../../../shared/domain.ts';
import type { Failure, Holder } from '../connector.ts';
import { failureFrom, isDone } from './errors.ts';
import type { GraphAnswer } from './packer.ts';
import type { Outlook } from './read.ts';
import { pageFrom, segment, textFrom } from './wire.ts';

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
  const path = `/users/${segment(mailbox)}/outlook/masterCategories`;
  const answer = await outlook.client.request({ mailbox, method: 'GET', path });
  if (answer.answer === 'failed') return answer.failure;
  const page = isDone(answer) ? pageFrom(answer.body) : null;
  if (page === null) return failureFrom(answer, outlook.client.nowMs());
  const known = new Set(page.rows.map((row) => textFrom(row['displayName'])?.toLowerCase()));
  const missing = marksOf(holder).filter((name) => !known.has(name.toLowerCase()));
  const made = await Promise.all(
    missing.map((displayName) =>
      outlook.client.request({ mailbox, method: 'POST', path, body: { displayName, color: colour } }),
    ),
  );
  return made.map((one) => failureOf(outlook, one)).find((failure) => failure !== null) ?? null;
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
