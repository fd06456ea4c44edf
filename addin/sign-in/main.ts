import { fetchSettings } from '../api.ts';
import { tellParent } from '../office/dialog.ts';
import { startOffice } from '../office/start.ts';
import type { DialogMessage } from './dialog-source.ts';
import { signInErrorOf } from './sign-in-error.ts';

/** The page in Outlook's dialog: goes to Entra and comes back with a token for the pane that opened it. */
async function main(): Promise<void> {
  if ((await startOffice()) === 'missing') return;
  tellParent(JSON.stringify(await signedIn()));
}

async function signedIn(): Promise<DialogMessage> {
  try {
    const { authority, clientId, scope } = await fetchSettings(location.origin);
    const { createStandardPublicClientApplication } = await import('@azure/msal-browser');
    const redirectUri = `${location.origin}${location.pathname}`;
    const application = await createStandardPublicClientApplication({
      auth: { clientId, authority, redirectUri },
      cache: { cacheLocation: 'sessionStorage' },
    });
    const result = await application.handleRedirectPromise();
    if (result !== null) {
      return { said: 'token', text: result.accessToken, endsAtMs: result.expiresOn?.getTime() ?? 0 };
    }
    await application.acquireTokenRedirect({ scopes: [scope], prompt: 'select_account' });
    // The browser leaves this page now and comes back to its beginning.
    return await new Promise<never>(() => undefined);
  } catch (error) {
    const { trouble, message, correlationId } = signInErrorOf(error);
    return { said: 'error', trouble, message, correlationId };
  }
}

void main();
