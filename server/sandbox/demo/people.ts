import { createRandom } from '../control/random.ts';
import { accountStems, firstNames, jobTitles, lastNames, places, streets } from './names.ts';

export type DemoAccount = Readonly<{ name: string; location: string; place: (typeof places)[number] }>;

export type DemoContact = Readonly<{
  firstName: string;
  lastName: string;
  email: string;
  title: string;
  workPhone: string;
  mobilePhone: string;
  /** Place in the list of accounts, or null. */
  account: number | null;
  place: (typeof places)[number];
  street: string;
  birthday: string | null;
  isPersonal: boolean;
  /** Places in the list of employees: the maker first, then others on the Sync List. */
  maker: number;
  listed: readonly number[];
}>;

const accountCount = 40;
const contactCount = 200;

/** The demo's business world, the same in every run. */
export function demoWorld(
  employeeCount: number,
): Readonly<{ accounts: readonly DemoAccount[]; contacts: readonly DemoContact[] }> {
  const random = createRandom(20_260_501);
  const below = (limit: number) => Math.floor(random() * limit);
  const oneOf = <T>(list: readonly T[]): T => {
    const found = list[below(list.length)];
    if (found === undefined) throw new Error('A list of the demo is empty.');
    return found;
  };
  const accounts = Array.from({ length: accountCount }, (_, at): DemoAccount => {
    const place = oneOf(places);
    const stem = accountStems[at % accountStems.length] ?? 'Northwind';
    return { name: at < accountStems.length ? stem : `${stem} ${place[3]}`, location: place[0], place };
  });
  const used = new Set<string>();
  const contacts = Array.from({ length: contactCount }, (_, at): DemoContact => {
    const [firstName, lastName] = freshName(used, () => [oneOf(firstNames), oneOf(lastNames)]);
    const isPersonal = at % 14 === 13;
    const account = isPersonal || at % 9 === 8 ? null : below(accountCount);
    const place = account === null ? oneOf(places) : (accounts[account]?.place ?? oneOf(places));
    const maker = below(employeeCount);
    const domain = account === null ? 'mail.example' : domainOf(accounts[account]?.name ?? '');
    return {
      firstName,
      lastName,
      email: `${plain(firstName)}.${plain(lastName)}@${domain}`,
      title: isPersonal ? '' : oneOf(jobTitles),
      workPhone: isPersonal ? '' : `${place[4]} ${555_0100 + below(9000)}`,
      mobilePhone: at % 3 === 0 ? '' : `${place[4]} ${777_0100 + below(9000)}`,
      account,
      place,
      street: `${oneOf(streets)} ${1 + below(120)}`,
      birthday: at % 5 === 0 ? `0${1 + below(9)}/1${below(9)}/19${60 + below(35)}` : null,
      isPersonal,
      maker,
      listed: listFor({ at, maker, isPersonal, employeeCount, below }),
    };
  });
  return { accounts, contacts };
}

function freshName(used: Set<string>, draw: () => readonly [string, string]): readonly [string, string] {
  for (;;) {
    const name = draw();
    if (used.has(name.join(' '))) continue;
    used.add(name.join(' '));
    return name;
  }
}

/** Personal contacts are on their maker's list alone; every sixth business contact is on nobody's, some on several. */
function listFor(
  of: Readonly<{
    at: number;
    maker: number;
    isPersonal: boolean;
    employeeCount: number;
    below: (limit: number) => number;
  }>,
): readonly number[] {
  if (of.isPersonal) return [of.maker];
  if (of.at % 6 === 5) return [];
  const others =
    of.at % 4 === 0 ? Array.from({ length: 1 + of.below(3) }, () => of.below(of.employeeCount)) : [];
  return [...new Set([of.maker, ...others])];
}

/** ASCII lower-case letters of a name. */
function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/ı/g, 'i')
    .replace(/[^a-zA-Z]/g, '')
    .toLowerCase();
}

function domainOf(account: string): string {
  return `${plain(account)}.example`;
}
