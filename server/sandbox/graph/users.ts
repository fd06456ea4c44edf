import type { WireAnswer } from '../wire.ts';
import { contextOf, instant, mailboxOf, ok, serviceRoot, type Call } from './call.ts';
import { answerListing, checkedSelect, projected, selection, type Collection } from './listing.ts';
import { showSettings } from './mailbox-settings.ts';
import { plainName } from './query.ts';
import { badRequest } from './refusal.ts';
import type { Mailbox } from './state.ts';

/** What a user shows without `$select`, and what else may be selected. */
const plainProperties: readonly string[] =
  'businessPhones displayName givenName jobTitle mail mobilePhone officeLocation preferredLanguage surname userPrincipalName id'.split(
    ' ',
  );
const otherProperties: readonly string[] =
  'accountEnabled createdDateTime mailNickname mailboxSettings proxyAddresses userType city companyName country department postalCode state streetAddress usageLocation'.split(
    ' ',
  );
const properties: ReadonlySet<string> = new Set([...plainProperties, ...otherProperties]);

const pageSize = 100;

/** GET /users: the directory; pages by `$skiptoken`, as the directory does, up to 999 rows. */
export function listUsers(call: Call): WireAnswer {
  const start = startOf(call);
  const select = call.query.select ?? plainProperties;
  const size = Math.min(call.query.top ?? call.prefer.maxPageSize ?? pageSize, 999);
  const collection: Collection<Mailbox> = {
    context: 'users',
    rows: call.graph.byUserId.values(),
    read: (user, name) => (properties.has(name) ? show(user)[name] : undefined),
    show,
    properties,
    pageSize: size,
  };
  const query = { ...call.query, select, skip: start, top: size };
  const answer = answerListing({ ...call, query }, collection);
  return withSkipToken(call, answer, start + size);
}

export function getUser(call: Call): WireAnswer {
  const select = checkedSelect(call.query.select, properties);
  return ok({
    '@odata.context': contextOf(call, `users${selection(select)}/$entity`),
    ...projected(show(mailboxOf(call)), select ?? plainProperties),
  });
}

/** Outlook's `$skip` is no thing of the directory: its links carry an opaque token instead. */
function withSkipToken(call: Call, answer: WireAnswer, next: number): WireAnswer {
  const body: Readonly<Record<string, unknown>> = typeof answer.body === 'object' ? { ...answer.body } : {};
  if (!('@odata.nextLink' in body)) return answer;
  const params = [...call.request.query].filter(([name]) => plainName(name) !== 'skiptoken');
  params.push(['$skiptoken', Buffer.from(`users:${next}`).toString('base64url')]);
  const query = params.map(
    ([name, value]) => `${encodeURIComponent(name).replace('%24', '$')}=${encodeURIComponent(value)}`,
  );
  return ok({ ...body, '@odata.nextLink': `${serviceRoot(call)}/users?${query.join('&')}` });
}

function startOf(call: Call): number {
  if (call.query.skipToken === null) return 0;
  const start = /^users:(\d+)$/.exec(Buffer.from(call.query.skipToken, 'base64url').toString())?.[1];
  if (start === undefined)
    throw badRequest('The specified page token is invalid.', 'Directory_ExpiredPageToken');
  return Number(start);
}

function show(user: Mailbox): Record<string, unknown> {
  const [nickname = user.address] = user.address.split('@');
  return {
    businessPhones: [],
    displayName: user.displayName,
    givenName: user.givenName,
    jobTitle: null,
    mail: user.address,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    surname: user.surname,
    userPrincipalName: user.address,
    id: user.userId,
    accountEnabled: true,
    createdDateTime: instant(user.createdAt),
    mailNickname: nickname,
    mailboxSettings: showSettings(user),
    proxyAddresses: [`SMTP:${user.address}`, ...user.aliases.map((alias) => `smtp:${alias}`)],
    userType: 'Member',
    city: null,
    companyName: null,
    country: null,
    department: null,
    postalCode: null,
    state: null,
    streetAddress: null,
    usageLocation: null,
  };
}
