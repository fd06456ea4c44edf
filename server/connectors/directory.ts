import type { Brand } from '../../shared/domain.ts';

/** Who is who on the two sides: Siebel's employees and the users of Exchange. */

export type Login = Brand<string, 'Login'>;

export type Employee = Readonly<{
  id: string;
  login: Login;
  firstName: string | null;
  lastName: string | null;
  /** As Siebel writes it; compare ignoring case. */
  email: string | null;
  isActive: boolean;
  timeZone: string | null;
  positions: readonly Readonly<{ id: string; name: string; organization: string | null }>[];
}>;

export type MailboxUser = Readonly<{
  userId: string;
  mailbox: string;
  timeZone: string | null;
  displayName: string;
  /** Every address mail to the mailbox may carry, lower case, the first one its own. */
  addresses: readonly string[];
}>;

/** A category as a mailbox lists it; `preset` is the number of Outlook's colour, 0 to 24, null for none. */
export type CategoryColour = Readonly<{ name: string; preset: number | null }>;
