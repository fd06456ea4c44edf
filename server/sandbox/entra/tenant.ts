/** The sandbox's one tenant and its one app registration, as the contract names them. */
export const tenantId = '00000000-0000-0000-0000-0000000005eb';
export const clientId = '00000000-0000-0000-0000-00000000c11e';
export const clientSecret = 'sandbox';
export const servicePrincipalId = '00000000-0000-0000-0000-0000000050a1';

/** The audience of tokens for the product's API. */
export const apiAudience = `api://${clientId}`;
export const graphAudience = 'https://graph.microsoft.com';

/** The application roles consented to, from `facts/graph.md` section 9. */
export const applicationRoles: readonly string[] = [
  'Contacts.ReadWrite',
  'Calendars.ReadWrite',
  'Tasks.ReadWrite.All',
  'MailboxSettings.ReadWrite',
  'User.Read.All',
];

/** What a person's Graph token carries. */
export const delegatedScopes: readonly string[] = [
  'Contacts.ReadWrite',
  'Calendars.ReadWrite',
  'Tasks.ReadWrite',
  'MailboxSettings.ReadWrite',
  'User.Read',
];

const names: readonly string[] = [tenantId, 'sandbox', 'common', 'organizations'];

/** Whether the tenant segment of an address means our tenant; a verified domain works like the id, as in Entra. */
export function isTenant(segment: string): boolean {
  return names.includes(segment.toLowerCase());
}
