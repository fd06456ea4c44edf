import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Problem } from '../../shared/api.ts';
import { MarkAnswer, NewContact } from '../../shared/api-items.ts';
import { emptyContact, type Contact } from '../../shared/contact.ts';
import { nothingTold } from '../../shared/telling.ts';
import type { Holder, Sighting } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import { outlookIdOf, stampFrom } from '../holder.ts';
import { itemsByRef } from '../store/items-view.ts';
import type { PersonRow } from '../store/people-at-work.ts';
import { isTwin } from '../store/twins.ts';
import { levelOf } from '../why-off.ts';
import { linkedItem } from './item-view.ts';
import { openMarked } from './marks.ts';
import { signedIn } from './openapi.ts';
import { personOfCaller } from './person.ts';
import { problem } from './problem.ts';
import { viewpointOf } from './viewpoint.ts';
import { contactsWith } from './who-is.ts';

/** `POST /contacts`: makes a contact in the caller's mailbox and asks for it to be kept in step. */
export function newContactRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    const schema = { ...signedIn, body: NewContact, response: { 201: MarkAnswer, default: Problem } };
    app.post('/contacts', { schema }, async (request, reply) => {
      const person = await personOfCaller(context, request);
      await refuseIfOff(context, person);
      return reply.code(201).send(await addContact(context, person, request.body));
    });
  };
}

async function refuseIfOff(context: Context, person: PersonRow): Promise<void> {
  if (!person.enabled) {
    throw problem(
      'person-disabled',
      'Sync is switched off for your mailbox; an administrator can switch it on.',
    );
  }
  if ((await levelOf(context, person, 'contact')) === 'none') {
    throw problem('domain-off', 'The policy keeps no contacts of yours in step; ask an administrator.');
  }
}

/** Pressed twice, or already there under the same names and address: one contact all the same. */
async function addContact(context: Context, person: PersonRow, body: NewContact): Promise<MarkAnswer> {
  const view = await viewpointOf(context, person, 'contact');
  const { holder } = view;
  const wanted: Contact = {
    ...emptyContact,
    firstName: body.firstName.trim(),
    lastName: body.lastName.trim(),
    email1: body.email1.trim(),
    company: body.company?.trim() || null,
    workPhone: body.workPhone?.trim() || null,
  };
  const [alike = []] = await contactsWith(context, holder, [body.email1]);
  const known = alike.find(
    ({ item }) =>
      'email1' in item && item.firstName === wanted.firstName && item.lastName === wanted.lastName,
  );
  const sighting = known ?? (await made(context, holder, wanted));
  const { ref } = sighting;
  const row = async () => (await itemsByRef(context.db, person.id, [ref])).get(ref);
  if ((await row()) === undefined) await openUnlessOpen(context, holder, sighting);
  const opened = await row();
  const { state, why, reasons } = opened
    ? linkedItem(opened, view, sighting)
    : { state: 'waiting' as const, ...nothingTold };
  return { domain: 'contact', itemId: outlookIdOf('contact', ref), state, why, reasons };
}

/** A sweep may open the Link in between: it saw the category the contact was made with, so nothing is left to ask for. */
async function openUnlessOpen(context: Context, holder: Holder, sighting: Sighting): Promise<void> {
  try {
    await openMarked(context, holder, sighting);
  } catch (error) {
    if (!isTwin(error)) throw error;
  }
}

async function made({ exchange, newId }: Context, holder: Holder, item: Contact): Promise<Sighting> {
  const stamp = stampFrom(newId());
  const [answer] = await exchange.create([{ holder, stamp, kind: 'business', item, ownerIfUnknown: null }]);
  if (answer?.outcome === 'done' && answer.now !== null) return answer.now;
  const reason =
    answer !== undefined && 'reason' in answer ? answer.reason : 'Outlook did not take the contact.';
  throw problem('side-unreachable', reason);
}
