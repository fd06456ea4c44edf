import type { ItemDetail } from '../../shared/api-items.ts';
import type { Attendee } from '../../shared/appointment.ts';
import { emptyContact } from '../../shared/contact.ts';
import { isAppointment, type Item } from '../../shared/item.ts';
import type { Holder } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import { peopleByAddress, peopleByLogin } from '../store/people-at-work.ts';
import type { Sides } from './item-values.ts';

type Shown = ItemDetail['attendees'][number];

/** Nobody reads a longer list to see who is who; beyond it Siebel is not asked. */
const mostAsked = 100;

/**
 * Who attends, with the answers Exchange keeps, and what each is in Siebel: as the activity there says, as our user map
 * knows, else as a search by address finds.
 */
export async function attendeesShown(context: Context, holder: Holder, sides: Sides): Promise<Shown[]> {
  const [inSiebel, inExchange] = [attendeesOf(sides.siebel), attendeesOf(sides.exchange)];
  const listed = withoutTwins([...inExchange, ...inSiebel]);
  if (listed.length === 0) return [];
  const addresses = listed.map(({ address }) => address.toLowerCase());
  const [byAddress, byLogin] = await Promise.all([
    peopleByAddress(context.db, addresses),
    peopleByLogin(
      context.db,
      listed.flatMap(({ login }) => login ?? []),
    ),
  ]);
  const synced = (one: Attendee) =>
    byAddress.has(one.address.toLowerCase()) || (one.login !== null && byLogin.has(one.login));
  const there = new Map(inSiebel.map((one) => [one.address.toLowerCase(), one]));
  const isKnown = (one: Attendee) =>
    one.login !== null || synced(one) || there.has(one.address.toLowerCase());
  const found = await contactsAmong(
    context,
    holder,
    listed.filter((one) => !isKnown(one)).slice(0, mostAsked),
  );
  return listed.map(({ address, name, login, type, response }) => {
    const activity = there.get(address.toLowerCase());
    const isSynced = synced({ address, name, login, type, response });
    const isEmployee = login !== null || isSynced || (activity?.login ?? null) !== null;
    const asContact = activity ? ('contact' as const) : (found.get(address.toLowerCase()) ?? null);
    return { address, name, type, response, siebel: isEmployee ? 'employee' : asContact, isSynced };
  });
}

function attendeesOf(item: Item | null): readonly Attendee[] {
  return item !== null && isAppointment(item) ? item.attendees : [];
}

/** One person once: by the login where it is known, else by the address; Outlook's row comes first and says the answer. */
function withoutTwins(attendees: readonly Attendee[]): readonly Attendee[] {
  const kept: Attendee[] = [];
  for (const one of attendees) {
    const isThere = kept.some(
      (other) =>
        other.address.toLowerCase() === one.address.toLowerCase() ||
        (one.login !== null && other.login?.toUpperCase() === one.login.toUpperCase()),
    );
    if (!isThere) kept.push(one);
  }
  return kept;
}

/** By address, lower case; an address of which Siebel could not be asked is left out. */
export async function contactsAmong(
  { siebel }: Context,
  holder: Holder,
  strangers: readonly Pick<Attendee, 'address'>[],
): Promise<ReadonlyMap<string, 'contact' | 'unknown'>> {
  if (strangers.length === 0) return new Map();
  const answers = await siebel.find(
    strangers.map(({ address }) => ({
      by: 'identity' as const,
      domain: 'contact' as const,
      holder,
      item: { ...emptyContact, email1: address },
      scope: 'all' as const,
    })),
  );
  return new Map(
    strangers.flatMap(({ address }, index) => {
      const answer = answers[index];
      if (answer?.answer !== 'found') return [];
      const isContact = answer.sightings.length > 0;
      return [[address.toLowerCase(), isContact ? ('contact' as const) : ('unknown' as const)] as const];
    }),
  );
}
