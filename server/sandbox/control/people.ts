import type { Mail, Outbox, People, Person } from '../world.ts';

/** The sandbox's register of persons: who owns which mailbox, login and Graph id. */
export function createPeople(): People {
  const byMailbox = new Map<string, Person>();
  const byLogin = new Map<string, Person>();
  const byUserId = new Map<string, Person>();
  const byAlias = new Map<string, string>();
  return {
    byMailbox: (mailbox) => {
      const address = mailbox.toLowerCase();
      return byMailbox.get(address) ?? byMailbox.get(byAlias.get(address) ?? '') ?? null;
    },
    byLogin: (login) => byLogin.get(login) ?? null,
    byUserId: (userId) => byUserId.get(userId) ?? null,
    all: () => [...byMailbox.values()],
    add: (person) => {
      byMailbox.set(person.mailbox.toLowerCase(), person);
      byUserId.set(person.userId, person);
      if (person.login !== null) byLogin.set(person.login, person);
    },
    setAliases: (mailbox, addresses) => {
      const owner = mailbox.toLowerCase();
      for (const [alias, of] of byAlias) if (of === owner) byAlias.delete(alias);
      for (const address of addresses) byAlias.set(address.toLowerCase(), owner);
    },
    clear: () => {
      byAlias.clear();
      byMailbox.clear();
      byLogin.clear();
      byUserId.clear();
    },
  };
}

/** The mails Exchange would have sent, oldest first. */
export function createOutbox(): Outbox {
  let mails: Mail[] = [];
  return {
    add: (mail) => {
      mails.push(mail);
    },
    all: () => mails,
    clear: () => {
      mails = [];
    },
  };
}
