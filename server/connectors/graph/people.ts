import type { Failure, Holder, MailboxUser } from '../connector.ts';
import { failureFrom, isDone } from './errors.ts';
import type { GraphAnswer } from './packer.ts';
import type { Outlook } from './read.ts';
import { listFrom, literal, objectFrom, pageFrom, query, segment, textFrom, type GraphRow } from './wire.ts';

/** Most ids `translateExchangeIds` takes at a time. */
const mostIds = 1000;

/**
 * Users by any address of theirs, `null` where nobody with a mailbox has it. The time zone is as Exchange names it, which
 * is Windows' way: "W. Europe Standard Time".
 */
export function mailboxes(
  outlook: Outlook,
  addresses: readonly string[],
): Promise<readonly (MailboxUser | null | Failure)[]> {
  return Promise.all(addresses.map((address) => mailboxOf(outlook, address)));
}

async function mailboxOf(outlook: Outlook, address: string): Promise<MailboxUser | null | Failure> {
  const mail = literal(address);
  const options = query({
    $filter: `mail eq ${mail} or userPrincipalName eq ${mail} or proxyAddresses/any(p:p eq ${literal(`smtp:${address}`)})`,
    $select: 'id,mail,userPrincipalName,displayName',
  });
  const answer = await outlook.client.request({ mailbox: null, method: 'GET', path: `/users?${options}` });
  if (answer.answer === 'failed') return answer.failure;
  const page = isDone(answer) ? pageFrom(answer.body) : null;
  if (page === null) return failureFrom(answer, outlook.client.nowMs());
  const [user] = page.rows;
  return user === undefined ? null : withSettings(outlook, address, user);
}

/** The mailbox's own settings, which nobody without a mailbox has. */
async function withSettings(
  outlook: Outlook,
  address: string,
  user: GraphRow,
): Promise<MailboxUser | null | Failure> {
  const path = `/users/${segment(user.id)}/mailboxSettings/timeZone`;
  const answer = await outlook.client.request({ mailbox: user.id, method: 'GET', path });
  if (answer.answer === 'failed') return answer.failure.kind === 'mailboxGone' ? null : answer.failure;
  if (answer.status === 404) return null;
  if (!isDone(answer)) return failureFrom(answer, outlook.client.nowMs());
  const mailbox = (textFrom(user['mail']) ?? textFrom(user['userPrincipalName']) ?? address).toLowerCase();
  return {
    userId: user.id,
    mailbox,
    timeZone: textFrom(objectFrom(answer.body)?.['value']),
    displayName: textFrom(user['displayName']) ?? mailbox,
  };
}

/**
 * The ids that stay the same when an item changes folder, for ids as Outlook gives them to add-ins. What the service cannot
 * translate (an id that is immutable already, one of another mailbox) comes back as it is.
 */
export async function immutableIds(
  outlook: Outlook,
  holder: Holder,
  ids: readonly string[],
): Promise<readonly string[] | Failure> {
  const known = new Map<string, string>();
  for (let start = 0; start < ids.length; start += mostIds) {
    const failure = await translate(outlook, holder, { ids: ids.slice(start, start + mostIds), known });
    if (failure !== null) return failure;
  }
  return ids.map((id) => known.get(id) ?? id);
}

async function translate(
  outlook: Outlook,
  holder: Holder,
  work: Readonly<{ ids: readonly string[]; known: Map<string, string> }>,
): Promise<Failure | null> {
  const { ids, known } = work;
  const answer = await askFor(outlook, holder, ids);
  if (answer.answer === 'failed') return answer.failure;
  if (isDone(answer)) {
    for (const [id, target] of targetsIn(answer.body)) known.set(id, target);
    return null;
  }
  const failure = failureFrom(answer, outlook.client.nowMs());
  if (failure.kind !== 'refused') return failure;
  if (ids.length === 1) return null;
  // One id the service cannot read spoils the whole request.
  const each = await Promise.all(ids.map((id) => translate(outlook, holder, { ids: [id], known })));
  return each.find((one) => one !== null) ?? null;
}

function askFor(outlook: Outlook, holder: Holder, ids: readonly string[]): Promise<GraphAnswer> {
  return outlook.client.request({
    mailbox: holder.userId,
    method: 'POST',
    path: `/users/${segment(holder.userId)}/translateExchangeIds`,
    body: { inputIds: ids, sourceIdType: 'restId', targetIdType: 'restImmutableEntryId' },
  });
}

function targetsIn(body: unknown): readonly (readonly [string, string])[] {
  return listFrom(objectFrom(body)?.['value']).flatMap((entry) => {
    const source = textFrom(objectFrom(entry)?.['sourceId']);
    const target = textFrom(objectFrom(entry)?.['targetId']);
    return source === null || target === null ? [] : [[source, target] as const];
  });
}
