import type { Capabilities } from './port.ts';

type Host = Readonly<{
  client: string;
  platform: string;
  version: string;
  isSupported: (set: string, version: string) => boolean;
}>;

const newestMailboxSet = 20;

/** Computed once: what this client can do, by what it announces and never by its name alone. */
export function capabilitiesOf({ client, platform, version, isSupported }: Host): Capabilities {
  const has = (set: string, least: string): boolean => {
    try {
      return isSupported(set, least);
    } catch {
      // Old clients throw for sets they have never heard of, which is a no.
      return false;
    }
  };
  return {
    client,
    platform,
    version,
    mailboxSet: highestSet(has),
    categories: has('Mailbox', '1.8'),
    itemChanges: has('Mailbox', '1.5'),
    themeChanges: has('Mailbox', '1.14'),
    nestedSignIn: has('NestedAppAuth', '1.1'),
    browserWindows: has('OpenBrowserWindowApi', '1.1'),
    needsPinHint: platform === 'Mac',
  };
}

function highestSet(has: (set: string, least: string) => boolean): string {
  for (let minor = newestMailboxSet; minor > 0; minor -= 1) {
    if (has('Mailbox', `1.${minor}`)) return `1.${minor}`;
  }
  return '1.0';
}
