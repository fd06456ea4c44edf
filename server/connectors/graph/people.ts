import type { Domain } from '../../../shared/domain.ts';
import type { Failure, Holder } from '../connector.ts';
import type { MailboxUser } from '../directory.ts';
import { failureFrom, isDone } from './errors.ts';
import type { Outlook } from './read.ts';
import { ianaFromGraph } from './zones.ts';
import { listFrom, literal, objectFrom, pageFrom, query, segment, textFrom, type GraphRow } from './wire.ts';

/** Most ids `translateExchangeIds` takes at a time. */
const mostIds = 1000;

/**
 * Users by any address of theirs, `null` where nobody with a mailbox has it. The time zone is the IANA one, `null` where
 * nobody knows what Exchange names.
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
    $select: 'id,mail,userPrincipalName,displayName,proxyAddresses',
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
    timeZone: ianaFromGraph(textFrom(objectFrom(answer.body)?.['value']), null),
    displayName: textFrom(user['displayName']) ?? mailbox,
    addresses: addressesOf(user, mailbox),
  };
}

/** SMTP addresses only: a directory lists X.400 and SIP ones beside them. */
function addressesOf(user: GraphRow, mailbox: string): readonly string[] {
  const proxies = listFrom(user['proxyAddresses']).map((entry) => /^smtp:(.+)$/i.exec(String(entry))?.[1]);
  const all = [mailbox, textFrom(user['mail']), textFrom(user['userPrincipalName']), ...proxies];
  return [...new Set(all.filter((one) => typeof one === 'string').map((one) => one.toLowerCase()))];
}

/**
 * The ids that stay the same when an item changes folder, for ids as Outlook gives them to add-ins. What the service cannot
 * translate (an id that is immutable already, one of another mailbox) comes back as it is; an occurrence leads to its series.
 * To Do has no such ids (facts/graph.md section 7).
 */
export async function immutableIds(
  outlook: Outlook,
  holder: Holder,
  { domain, ids }: Readonly<{ domain: Domain; ids: readonly string[] }>,
): Promise<readonly string[] | Failure> {
  if (domain === 'task') return ids;
  const formats = { from: 'restId', to: 'restImmutableEntryId' } as const;
  const known = await translateIds(outlook, holder.userId, { ids, ...formats });
  if ('kind' in known) return known;
  const own = ids.map((id) => known.get(id) ?? id);
  return domain === 'contact' ? own : seriesOf(outlook, holder.userId, own);
}

type Formats = Readonly<{
  from: 'restId' | 'restImmutableEntryId';
  to: 'restId' | 'restImmutableEntryId';
}>;

/** The ids the mailbox knows, in another format; of what it does not know there is none. */
export async function translateIds(
  outlook: Outlook,
  mailbox: string,
  { ids, from, to }: Formats & Readonly<{ ids: readonly string[] }>,
): Promise<ReadonlyMap<string, string> | Failure> {
  const known = new Map<string, string>();
  for (let start = 0; start < ids.length; start += mostIds) {
    const work = { ids: ids.slice(start, start + mostIds), known, from, to };
    const failure = await translate(outlook, mailbox, work);
    if (failure !== null) return failure;
  }
  return known;
}

type Translation = Formats & Readonly<{ ids: readonly string[]; known: Map<string, string> }>;

async function translate(outlook: Outlook, mailbox: string, work: Translation): Promise<Failure | null> {
  const { ids, known, from, to } = work;
  const answer = await outlook.client.request({
    mailbox,
    method: 'POST',
    path: `/users/${segment(mailbox)}/translateExchangeIds`,
    body: { inputIds: ids, sourceIdType: from, targetIdType: to },
  });
  if (answer.answer === 'failed') return answer.failure;
  if (isDone(answer)) {
    for (const [id, target] of targetsIn(answer.body)) known.set(id, target);
    return null;
  }
  const failure = failureFrom(answer, outlook.client.nowMs());
  if (failure.kind !== 'refused') return failure;
  if (ids.length === 1) return null;
  // One id the service cannot read spoils the whole request.
  const each = await Promise.all(ids.map((id) => translate(outlook, mailbox, { ...work, ids: [id] })));
  return each.find((one) => one !== null) ?? null;
}

function targetsIn(body: unknown): readonly (readonly [string, string])[] {
  return listFrom(objectFrom(body)?.['value']).flatMap((entry) => {
    const source = textFrom(objectFrom(entry)?.['sourceId']);
    const target = textFrom(objectFrom(entry)?.['targetId']);
    return source === null || target === null ? [] : [[source, target] as const];
  });
}

/** A series is kept in step as one: whoever points at an occurrence of it means the series. */
function seriesOf(
  outlook: Outlook,
  mailbox: string,
  ids: readonly string[],
): Promise<readonly string[] | Failure> {
  const options = query({ $select: 'id,type,seriesMasterId' });
  return Promise.all(
    ids.map(async (id) => {
      const path = `/users/${segment(mailbox)}/events/${segment(id)}?${options}`;
      const answer = await outlook.client.request({ mailbox, method: 'GET', path });
      if (answer.answer === 'failed') return answer.failure;
      return textFrom(objectFrom(answer.body)?.['seriesMasterId']) ?? id;
    }),
  ).then((found) => {
    const failure = found.find((one) => typeof one !== 'string');
    return failure ?? found.filter((one) => typeof one === 'string');
  });
}
