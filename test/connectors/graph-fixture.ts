/* oxlint-disable typescript/no-unsafe-type-assertion -- a test names its own things */
import { onTestFinished } from 'vitest';
import { emptyContact, type Contact } from '../../shared/contact.ts';
import type { Holder, UpdateRequest } from '../../server/connectors/connector.ts';
import type { Login } from '../../server/connectors/directory.ts';
import { createGraphConnector, type GraphSettings } from '../../server/connectors/graph/index.ts';
import type { Ref, Version } from '../../server/core/snapshot.ts';
import { shippedMarks } from './contract-samples.ts';
import { startStub, type Said, type Seen, type Stub } from './graph-stub.ts';

/** The connector in front of a stub that answers what a test tells it to. */
export async function outlook(
  answer: (request: Seen, stub: Stub) => Said | null,
  more: Partial<GraphSettings> = {},
) {
  const stub: Stub = await startStub((request) => answer(request, stub));
  const exchange = createGraphConnector({
    graphUrl: stub.url,
    entra: { authority: stub.url, tenantId: 't', clientId: 'c', clientSecret: 's', certificatePath: null },
    customFields: () => [],
    context: {
      clock: { now: () => Temporal.Instant.from('2026-11-22T12:00:00Z') },
      newId: () => 'request',
    },
    ...more,
  });
  onTestFinished(async () => {
    await exchange.close();
    await stub.close();
  });
  return { stub, exchange };
}

export const holder = (userId: string): Holder => ({
  personId: userId,
  mailbox: `${userId}@example.com`,
  userId,
  login: userId.toUpperCase() as Login,
  employeeId: '0-1',
  timeZone: 'Europe/Berlin',
  marks: shippedMarks,
});
export const ana = holder('ana');

export const maria: Contact = {
  ...emptyContact,
  firstName: 'Maria',
  lastName: 'Lopez',
  email1: 'maria@example.com',
};
export const error = (status: number, code: string, message = ''): Said => ({
  status,
  body: { error: { code, message } },
});
export const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

/** The folders of a mailbox whose default folder is `in` and whose Deleted Items is `bin`. */
export function folders({ path }: Seen): Said | null {
  if (path.includes('/contactFolders/contacts/childFolders')) return { status: 200, body: { value: [] } };
  if (path.includes('/contactFolders/contacts?')) return { status: 200, body: { id: 'in' } };
  if (path.includes('/contactFolders/deleteditems?')) return { status: 200, body: { id: 'bin' } };
  if (path.includes('/contactFolders')) return { status: 200, body: { value: [] } };
  if (path.includes('/contacts?$top=1&')) return { status: 200, body: { value: [] } };
  return null;
}

export const row = (more: Readonly<Record<string, unknown>> = {}) => ({
  id: 'x',
  changeKey: 'v1',
  parentFolderId: 'in',
  givenName: 'Maria',
  surname: 'Lopez',
  fileAs: 'Lopez, Maria',
  categories: ['VIP', 'Siebel Contact'],
  emailAddresses: [{ name: 'maria', address: 'maria@example.com' }],
  ...more,
});

export const change = (more: Partial<UpdateRequest>): UpdateRequest => ({
  holder: ana,
  ref: 'x' as Ref,
  version: 'v1' as Version,
  fields: [],
  item: maria,
  before: maria,
  mark: null,
  kind: 'business',
  list: { add: [], drop: [] },
  ...more,
});
