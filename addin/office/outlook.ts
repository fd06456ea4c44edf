import { createCalls, type Calls } from './calls.ts';
import { capabilitiesOf } from './capabilities.ts';
import { openDialog } from './dialog.ts';
import { followItem } from './follow.ts';
import { createIdentities } from './identity.ts';
import { hintCategory, notify } from './item-calls.ts';
import { OfficeError } from './office-error.ts';
import type { Outlook, Sight, Theme } from './port.ts';
import { readItem, type HostItem } from './read-item.ts';
import { themeFrom } from './theme.ts';

const timeoutMs = 8_000;
const calmMs = 300;
const unsavedEveryMs = 2_000;
/** Outlook on Mac gives no id for a moment after a change. */
const retriesMs = [150, 400, 900];

/** The adapter to the Outlook this page runs in; only after `startOffice` answered `ready`. */
export function createOutlook(): Outlook {
  const { mailbox } = Office.context;
  const { diagnostics, userProfile } = mailbox;
  const capabilities = capabilitiesOf({
    client: diagnostics.hostName,
    version: diagnostics.hostVersion,
    platform: String(Office.context.platform ?? Office.context.diagnostics.platform),
    isSupported: (set, version) => Office.context.requirements.isSetSupported(set, version),
  });
  const looking = createLooking();
  return {
    capabilities,
    language: Office.context.displayLanguage,
    mailbox: {
      address: userProfile.emailAddress,
      name: userProfile.displayName,
      timeZone: userProfile.timeZone,
    },
    sight: looking.sight,
    follow: (show) =>
      followItem({
        look: looking.sight,
        show,
        calmMs,
        unsavedEveryMs,
        onItemChanged: (changed) => (capabilities.itemChanges ? onItemChanged(changed) : nothing),
        onReturn,
      }),
    followTheme: (show) => followTheme(show, capabilities.themeChanges),
    notify: (text) => notify(looking.calls, text),
    hintCategory: (name, isOn) =>
      capabilities.categories ? hintCategory(looking.calls, name, isOn) : Promise.resolve(false),
    openLink: (url) => openLink(url, capabilities.browserWindows),
    openDialog,
  };
}

const nothing = (): void => undefined;

type Looking = Readonly<{ calls: Calls; sight: () => Promise<Sight> }>;

/** Counts the items that were open; what is asked of one is void once the next is. */
function createLooking(): Looking {
  let last: unknown = null;
  let generation = 0;
  const current = (): number => {
    // Never keep the item: what a closure holds is the old one.
    const item: unknown = Office.context.mailbox.item ?? null;
    if (item !== last) generation += 1;
    last = item;
    return generation;
  };
  const calls = createCalls({ timeoutMs, generation: current });
  const identities = createIdentities();
  const restId = (id: string): string =>
    Office.context.mailbox.convertToRestId(id, Office.MailboxEnums.RestVersion.v2_0);
  const sight = async (): Promise<Sight> => {
    for (const retryMs of [...retriesMs, null]) {
      const now = current();
      const item = hostItem();
      if (item === null) return { state: 'none', generation: now };
      const open = await readItem(item, { calls, generation: now, identities, restId }).catch(orChanged);
      if (open === 'changed') continue;
      if (open !== null) return { state: 'open', generation: now, item: open };
      if (retryMs !== null) await new Promise((go) => setTimeout(go, retryMs));
    }
    return { state: 'gone', generation: current() };
  };
  return { calls, sight };
}

function hostItem(): HostItem | null {
  const item: unknown = Office.context.mailbox.item ?? null;
  return isHostItem(item) ? item : null;
}

function isHostItem(item: unknown): item is HostItem {
  return typeof item === 'object' && item !== null;
}

function orChanged(error: unknown): 'changed' | null {
  if (error instanceof OfficeError) return error.trouble === 'itemChanged' ? 'changed' : null;
  throw error;
}

/** One handler an event type and page: a second one would replace the first. */
function onItemChanged(changed: () => void): () => void {
  const { mailbox } = Office.context;
  mailbox.addHandlerAsync(Office.EventType.ItemChanged, changed);
  return () => mailbox.removeHandlerAsync(Office.EventType.ItemChanged);
}

function onReturn(returned: () => void): () => void {
  const whenVisible = (): void => {
    if (document.visibilityState === 'visible') returned();
  };
  document.addEventListener('visibilitychange', whenVisible);
  window.addEventListener('focus', returned);
  return () => {
    document.removeEventListener('visibilitychange', whenVisible);
    window.removeEventListener('focus', returned);
  };
}

/** The event's own colours count: on desktops the context still has the old ones. */
function followTheme(show: (theme: Theme) => void, isTold: boolean): () => void {
  const tell = (colours: Readonly<Record<string, unknown>> | undefined): void => {
    const theme = themeFrom(colours);
    if (theme !== null) show(theme);
  };
  tell(Office.context.officeTheme && { ...Office.context.officeTheme });
  if (!isTold) return nothing;
  const { mailbox } = Office.context;
  const changed = (event: Readonly<{ officeTheme?: Record<string, unknown> }>): void =>
    tell(event.officeTheme);
  mailbox.addHandlerAsync(Office.EventType.OfficeThemeChanged, changed);
  return () => mailbox.removeHandlerAsync(Office.EventType.OfficeThemeChanged);
}

function openLink(url: string, hasBrowserWindows: boolean): void {
  if (hasBrowserWindows && 'openBrowserWindow' in Office.context.ui) Office.context.ui.openBrowserWindow(url);
  else window.open(url, '_blank', 'noopener,noreferrer');
}
