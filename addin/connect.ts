import type { AddinSettings } from '../shared/addin-settings.ts';
import { createApi, fetchSettings, type Api } from './api.ts';
import type { Outlook } from './office/port.ts';
import { dialogSource } from './sign-in/dialog-source.ts';
import { nestedSource } from './sign-in/nested.ts';
import { createSignIn, type SignIn } from './sign-in/sign-in.ts';

export type Connection = Readonly<{ api: Api; signIn: SignIn; settings: AddinSettings }>;

/** The backend this page comes from, with the sign-in of the person whose mailbox is open. */
export async function connect(outlook: Outlook): Promise<Connection> {
  const baseUrl = location.origin;
  const settings = await fetchSettings(baseUrl);
  const signIn = createSignIn({
    sources: [
      nestedSource({
        settings,
        isOffered: outlook.capabilities.nestedSignIn,
        loginHint: outlook.mailbox.address,
      }),
      dialogSource({ openDialog: outlook.openDialog, pageUrl: `${baseUrl}/sign-in/index.html` }),
    ],
    nowMs: () => performance.timeOrigin + performance.now(),
  });
  return { api: createApi({ baseUrl, bearer: signIn }), signIn, settings };
}
