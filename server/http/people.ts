import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { PageQuery, Problem } from '../../shared/api.ts';
import {
  MailboxParams,
  PersonChange,
  PersonList,
  PersonMapping,
  type PersonMapping as Given,
} from '../../shared/api-admin.ts';
import type { Context } from '../context.ts';
import { isDate, mapOne, type MapRefusal } from '../map-people.ts';
import { leaveCues } from '../store/cues.ts';
import { listPeople, mappingOf, removePerson, type Mapping } from '../store/people.ts';
import { openedCursor, pageSize, sealedCursor } from './cursor.ts';
import { signedIn } from './openapi.ts';
import { personNamed } from './person.ts';
import { problem, type ProblemCode } from './problem.ts';

/** `/admin/people`: SSSE's user map. */
export function peopleRoutes(context: Context): FastifyPluginAsyncTypebox {
  const answers = { 200: PersonMapping, 201: PersonMapping, default: Problem };
  return async (app) => {
    app.get(
      '/people',
      { schema: { ...signedIn, querystring: PageQuery, response: { 200: PersonList, default: Problem } } },
      async (request) => {
        const { after, limit = pageSize } = request.query;
        const page = await listPeople(context.db, { after: openedCursor(after), limit });
        return { items: page.items.map(mappingOf), next: sealedCursor(page.next) };
      },
    );
    app.post(
      '/people',
      { schema: { ...signedIn, body: PersonMapping, response: answers } },
      async (request, reply) => {
        const { status, person } = await put(context, request.body, { mayChangeLogin: false });
        return reply.code(status).header('location', `/api/admin/people/${person.mailbox}`).send(person);
      },
    );
    app.get(
      '/people/:mailbox',
      { schema: { ...signedIn, params: MailboxParams, response: { 200: PersonMapping, default: Problem } } },
      async (request) => mappingOf(await personNamed(context, request.params.mailbox)),
    );
    app.put(
      '/people/:mailbox',
      { schema: { ...signedIn, params: MailboxParams, body: PersonChange, response: answers } },
      async (request, reply) => {
        const { mailbox } = request.params;
        checkSameMailbox(mailbox, request.body.mailbox ?? mailbox);
        const { status, person } = await put(context, { ...request.body, mailbox }, { mayChangeLogin: true });
        return reply.code(status).send(person);
      },
    );
    app.delete(
      '/people/:mailbox',
      { schema: { ...signedIn, params: MailboxParams, response: { 204: Type.Null(), default: Problem } } },
      async (request, reply) => {
        await endSync(context, request.params.mailbox);
        return reply.code(204).send(null);
      },
    );
  };
}

function checkSameMailbox(address: string, named: string): void {
  if (named.toLowerCase() === address.toLowerCase()) return;
  throw problem(
    'invalid-request',
    `The body says ${named}, the address ${address}; DELETE the one and POST the other.`,
  );
}

/** The Siebel feed drops who is gone; every copy stays where it is. */
async function endSync(context: Context, mailbox: string): Promise<void> {
  await personNamed(context, mailbox);
  await removePerson(context.db, mailbox);
  const cue = { kind: 'siebel', personId: null, recordId: null, cause: 'start' } as const;
  await leaveCues(context.db, [cue], context.clock.now());
}

async function put(
  context: Context,
  given: Given,
  { mayChangeLogin }: { mayChangeLogin: boolean },
): Promise<Readonly<{ status: 200 | 201; person: Mapping }>> {
  const answer = await mapOne(context, { mapping: mappingFrom(given), mayChangeLogin });
  if ('refused' in answer) throw problem(codes[answer.refused], answer.reason);
  return { status: answer.mapped === 'added' ? 201 : 200, person: mappingOf(answer.person) };
}

const codes: Readonly<Record<MapRefusal, ProblemCode>> = {
  mailboxTaken: 'mailbox-taken',
  loginTaken: 'login-taken',
  mailboxMissing: 'mailbox-not-found',
  loginMissing: 'login-not-found',
};

function mappingFrom(given: Given): Mapping {
  const { extractFrom = null } = given;
  if (extractFrom !== null && !isDate(extractFrom)) {
    throw problem(
      'invalid-request',
      `extractFrom is ${extractFrom}, which no calendar has; write it as YYYY-MM-DD.`,
      {
        errors: [{ pointer: '/extractFrom', message: 'must be a date of the calendar' }],
      },
    );
  }
  return {
    mailbox: given.mailbox.toLowerCase(),
    siebelLogin: given.siebelLogin.trim(),
    enabled: given.enabled,
    language: given.language ?? 'en',
    extractFrom,
    levels: given.levels ?? {},
  };
}
