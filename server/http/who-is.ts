import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Problem } from '../../shared/api.ts';
import { KnownPeople, PeopleQuery, type KnownPerson } from '../../shared/api-items.ts';
import { emptyContact } from '../../shared/contact.ts';
import type { Holder, Sighting } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import { peopleByAddress, type PersonRow } from '../store/people-at-work.ts';
import { contactsAmong } from './attendees.ts';
import { joined } from './items.ts';
import { signedIn } from './openapi.ts';
import { personOfCaller } from './person.ts';
import { unreachable } from './problem.ts';
import { viewpointOf } from './viewpoint.ts';

const mostAddresses = 20;

/** `GET /people?addresses=`: people of a mail, as the caller's contacts and Siebel know them. */
export function whoIsRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    const schema = {
      ...signedIn,
      querystring: PeopleQuery,
      response: { 200: KnownPeople, default: Problem },
    };
    app.get('/people', { schema }, async (request) => {
      const person = await personOfCaller(context, request);
      const asked = request.query.addresses.split(',').map((address) => address.trim().toLowerCase());
      const addresses = [...new Set(asked)]
        .filter((address) => address.includes('@'))
        .slice(0, mostAddresses);
      return { items: await whoAre(context, person, addresses) };
    });
  };
}

async function whoAre(
  context: Context,
  person: PersonRow,
  addresses: readonly string[],
): Promise<KnownPerson[]> {
  const view = await viewpointOf(context, person, 'contact');
  const { holder } = view;
  const colleagues = await peopleByAddress(context.db, [...addresses]);
  const strangers = addresses.filter((address) => !colleagues.has(address)).map((address) => ({ address }));
  const [found, inSiebel] = await Promise.all([
    contactsWith(context, holder, addresses),
    contactsAmong(context, holder, strangers),
  ]);
  return Promise.all(
    addresses.map(async (address, index) => ({
      address,
      contacts: [
        ...(await joined(context, person, { view, domain: 'contact', sightings: found[index] ?? [] })),
      ],
      siebel: colleagues.has(address) ? ('employee' as const) : (inSiebel.get(address) ?? null),
    })),
  );
}

/** For each address the contacts of the mailbox that carry it. */
export async function contactsWith(
  { exchange }: Context,
  holder: Holder,
  addresses: readonly string[],
): Promise<readonly (readonly Sighting[])[]> {
  const answers = await exchange.find(
    addresses.map((email1) => ({
      by: 'identity' as const,
      domain: 'contact' as const,
      holder,
      item: { ...emptyContact, email1 },
      scope: 'all' as const,
    })),
  );
  return answers.map((answer) => {
    if (answer.answer === 'failed') throw unreachable(answer.failure);
    return answer.sightings;
  });
}
