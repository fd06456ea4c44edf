import type { FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import type { PersonRow } from '../store/people-at-work.ts';
import { personByMailbox, personByUserId } from '../store/people.ts';
import { problem } from './problem.ts';
import { callerOf } from './sign-in.ts';

/** The person who calls, found by the id of their sign-in; a problem when nobody is mapped to it. */
export async function personOfCaller(context: Context, request: FastifyRequest): Promise<PersonRow> {
  const person = await personByUserId(context.db, callerOf(request).userId);
  if (person !== null) return person;
  throw problem(
    'person-unmapped',
    'No Siebel login is mapped to your mailbox; an administrator adds you to the user map.',
  );
}

/** How a person stands; while a whole side refuses us, nobody's mailbox is in step. */
export function shownState(
  { state, error }: PersonRow,
  outage: string | null,
): Readonly<{ state: PersonRow['state']; error: string | null }> {
  return outage !== null && state === 'inStep' ? { state: 'failing', error: outage } : { state, error };
}

export async function personNamed(context: Context, mailbox: string): Promise<PersonRow> {
  const person = await personByMailbox(context.db, mailbox);
  if (person !== null) return person;
  throw problem('person-not-found', `${mailbox} is not on the user map; POST /api/admin/people adds it.`);
}
