import type { WireAnswer } from '../wire.ts';
import { DeskError, textFrom, type Body, type Sandbox } from './desk-input.ts';

/** `POST /sandbox/token`: a person's token for Graph or for our API, with app roles if asked. */
export async function tokenFor({ world, issuer }: Sandbox, body: Body): Promise<WireAnswer> {
  const mailbox = textFrom(body, 'mailbox');
  const person = world.people.byMailbox(mailbox);
  if (person === null) throw new DeskError(404, `There is no mailbox ${mailbox}.`);
  const resource = body['for'];
  if (resource !== 'graph' && resource !== 'api') throw new DeskError(400, 'for is "graph" or "api".');
  const roles = rolesFrom(body['roles']);
  return { status: 200, body: { access_token: await issuer().delegated(person, resource, { roles }) } };
}

function rolesFrom(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new DeskError(400, 'roles is a list of texts.');
  return value.map(String);
}
