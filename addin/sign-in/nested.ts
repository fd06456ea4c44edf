import type { AccountInfo, IPublicClientApplication } from '@azure/msal-browser';
import type { AddinSettings } from '../../shared/addin-settings.ts';
import type { TokenSource } from './sign-in.ts';
import { SignInError } from './sign-in-error.ts';

type NestedOptions = Readonly<{
  settings: Pick<AddinSettings, 'authority' | 'clientId' | 'scope'>;
  /** Whether Outlook offers it. */
  isOffered: boolean;
  /** The person whose mailbox is open, so that nobody has to choose an account. */
  loginHint: string;
}>;

/**
 * Nested app authentication: Outlook itself brings the token of the person who is signed in to it.
 * Source: office-js-docs `enable-nested-app-authentication-in-your-add-in.md`.
 */
export function nestedSource({ settings, isOffered, loginHint }: NestedOptions): TokenSource {
  let opening: Promise<IPublicClientApplication> | null = null;
  return async ({ isInteractive, claims }) => {
    if (!isOffered) throw new SignInError('unavailable', 'Outlook does not offer nested app authentication.');
    opening ??= open(settings).catch((error: unknown) => {
      // The next attempt loads the library again.
      opening = null;
      throw error;
    });
    const application = await opening;
    // Without the bridge the library would quietly open windows of its own.
    if (!('nestedAppAuthBridge' in window)) {
      throw new SignInError('unavailable', 'Outlook announces nested app authentication and has none.');
    }
    const account: AccountInfo | null =
      application.getActiveAccount() ?? application.getAllAccounts()[0] ?? null;
    const request = {
      scopes: [settings.scope],
      loginHint,
      ...(account === null ? {} : { account }),
      ...(claims ? { claims } : {}),
      ...(claims === null ? {} : { forceRefresh: true }),
    };
    const result = isInteractive
      ? await application.acquireTokenPopup(request)
      : await application.acquireTokenSilent(request);
    return { text: result.accessToken, endsAtMs: result.expiresOn?.getTime() ?? 0 };
  };
}

/** The library is large and needed after the first paint only. `CP1`: we can answer a claims challenge. */
async function open({ authority, clientId }: NestedOptions['settings']): Promise<IPublicClientApplication> {
  const { createNestablePublicClientApplication } = await import('@azure/msal-browser');
  return createNestablePublicClientApplication({
    auth: { clientId, authority, clientCapabilities: ['CP1'] },
    cache: { cacheLocation: 'memoryStorage' },
  });
}
