/**
 * A contact as both sides agree on it: plain data, no ids, no vendor words, as rich as the richest side.
 * Absent is `null`; an empty string never occurs.
 */
export type Contact = Readonly<{
  firstName: string | null;
  middleName: string | null;
  lastName: string | null;
  /** Salutation: Siebel `M/M`, Outlook's title ("Dr.", "Ms."). */
  title: string | null;
  /** Generation: "Jr.", "III". */
  suffix: string | null;
  nickname: string | null;
  jobTitle: string | null;
  department: string | null;
  /** Name of the primary account in Siebel, company in Outlook. */
  company: string | null;
  /** Location (site) of the primary account in Siebel, office location in Outlook. */
  office: string | null;
  email1: string | null;
  email2: string | null;
  email3: string | null;
  workPhone: string | null;
  workPhone2: string | null;
  mobilePhone: string | null;
  homePhone: string | null;
  homePhone2: string | null;
  fax: string | null;
  assistantPhone: string | null;
  /** Lines separated by `\n`. */
  businessStreet: string | null;
  businessCity: string | null;
  businessState: string | null;
  businessPostalCode: string | null;
  businessCountry: string | null;
  homeStreet: string | null;
  homeCity: string | null;
  homeState: string | null;
  homePostalCode: string | null;
  homeCountry: string | null;
  /** A date, `YYYY-MM-DD`; no zone. */
  birthday: string | null;
  spouse: string | null;
  assistant: string | null;
  manager: string | null;
  /** Plain text, lines separated by `\n`. */
  notes: string | null;
  /** Private in Outlook; a personal contact in Siebel. */
  isPrivate: boolean;
  /** Outlook categories without the ones that carry the mark; sorted, no duplicates ignoring case. */
  categories: readonly string[];
  /** Fields the organisation added, by the name its policy gives them. */
  custom: Readonly<Record<string, string | null>>;
}>;

/** A field of its own, or one of the organisation's. */
export type ContactField = Exclude<keyof Contact, 'custom'> | `custom.${string}`;

/** Business and personal contacts are Siebel `Contact`s; employees are Siebel `Employee`s and only ever exported. */
export const contactKinds = ['business', 'personal', 'employee'] as const;
export type ContactKind = (typeof contactKinds)[number];

export const emptyContact: Contact = {
  firstName: null,
  middleName: null,
  lastName: null,
  title: null,
  suffix: null,
  nickname: null,
  jobTitle: null,
  department: null,
  company: null,
  office: null,
  email1: null,
  email2: null,
  email3: null,
  workPhone: null,
  workPhone2: null,
  mobilePhone: null,
  homePhone: null,
  homePhone2: null,
  fax: null,
  assistantPhone: null,
  businessStreet: null,
  businessCity: null,
  businessState: null,
  businessPostalCode: null,
  businessCountry: null,
  homeStreet: null,
  homeCity: null,
  homeState: null,
  homePostalCode: null,
  homeCountry: null,
  birthday: null,
  spouse: null,
  assistant: null,
  manager: null,
  notes: null,
  isPrivate: false,
  categories: [],
  custom: {},
};

/** Every field a policy may switch, in the order in which people read a contact; the organisation's own come on top. */
export const contactFields = Object.keys(emptyContact).filter(isOwnField);

function isOwnField(name: string): name is Exclude<keyof Contact, 'custom'> {
  return name !== 'custom' && name in emptyContact;
}
