/** What the add-in's pages need to begin; `GET /addin/settings.json`, without a token. Nothing of it is secret. */
export type AddinSettings = Readonly<{
  /** The version of the server, which is the add-in's and the manifest's too. */
  version: string;
  /** Where people sign in, with their tenant, e.g. `https://login.microsoftonline.com/<tenant>`. */
  authority: string;
  /** The application they sign in with. */
  clientId: string;
  /** The one scope the add-in asks for: calling our API as the person. */
  scope: string;
  isSandbox: boolean;
}>;
