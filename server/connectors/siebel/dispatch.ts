import { domainOfKind, type ItemKind } from '../../../shared/item.ts';
import type { Domain } from '../../../shared/domain.ts';
import type { CensusRequest } from '../connector.ts';

type Ask<Request, Answer> = (requests: readonly Request[]) => Promise<readonly Answer[]>;

/** Asks contacts and activities side by side, each only if there is something to ask, and answers in order. */
export async function byDomain<Request, Answer>(
  requests: readonly Request[],
  isContact: (request: Request) => boolean,
  ask: Readonly<{ contact: Ask<Request, Answer>; activity: Ask<Request, Answer> }>,
): Promise<readonly Answer[]> {
  const contacts = requests.filter(isContact);
  const activities = requests.filter((request) => !isContact(request));
  const [ofContacts, ofActivities] = await Promise.all([
    contacts.length === 0 ? [] : ask.contact(contacts),
    activities.length === 0 ? [] : ask.activity(activities),
  ]);
  const one = ofContacts.values();
  const other = ofActivities.values();
  return requests.flatMap((request) => {
    const next = (isContact(request) ? one : other).next();
    return next.done === true ? [] : [next.value];
  });
}

export function isOfContacts({ domain }: Readonly<{ domain: Domain }>): boolean {
  return domain === 'contact';
}

export function isContactKind({ kind }: Readonly<{ kind: ItemKind }>): boolean {
  return domainOfKind[kind] === 'contact';
}

export function listsContacts({ kinds }: CensusRequest): boolean {
  return kinds.includes('contact') || kinds.includes('employee');
}
