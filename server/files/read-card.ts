import type { Contact } from '../../shared/contact.ts';

/** One person of the file. `line` counts from 1 and is where the card or row begins. */
export type ReadCard = Readonly<{
  line: number;
  contact: Contact;
  isPrivate: boolean;
  /** Names of properties or columns that had a value but have no place in a contact; never the values. */
  unread: readonly string[];
}>;

/** A card or row that could not become a contact, and why. */
export type Problem = Readonly<{ line: number; reason: string }>;

/** Every card of the file is either in `contacts` or in `problems`; `remarks` are what cost no card. */
export type CardsRead = Readonly<{
  contacts: readonly ReadCard[];
  problems: readonly Problem[];
  remarks: readonly Problem[];
}>;

/** Thrown for a file that cannot be a contact export at all, and for a mapping that names no field. */
export class ContactFileError extends Error {}
