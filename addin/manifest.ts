/** The identity of the manifest for development, `manifest.xml`: it may stand in one mailbox beside the product. */
export const devId = 'a2aee0f0-e7af-4817-bfae-a730c9cc2d5b';
/**
 * The identity the product is deployed with. It never changes: another Id is another add-in, which people would have twice. A
 * company that deploys two servers in one tenant, say one for trials, gives the second an Id of its own with `ADDIN_ID`.
 */
const productId = '3ce290fb-cc82-4802-95a4-8974d814ec62';
const devOrigin = 'https://localhost:3000';
const worldwideAuthority = 'https://login.microsoftonline.com';

export type Deployment = Readonly<{
  /** Where users reach the server; Outlook demands https, so http (on this machine) becomes https. */
  publicUrl: string;
  /** Null: the product's own. */
  addinId: string | null;
  /** Where people sign in when Outlook cannot do it by itself; a national cloud has its own. */
  authority: string;
}>;

/** The manifest to give to people, made from the one for development. An address on this machine keeps identity and name for development. */
export function finishedManifest(template: string, { publicUrl, addinId, authority }: Deployment): string {
  const address = publicUrl.replace(/^http:/, 'https:');
  const { origin, hostname } = new URL(address);
  const signIn = URL.parse(authority)?.protocol === 'https:' ? new URL(authority).origin : worldwideAuthority;
  const placed = template
    .replace(/<!--[\s\S]*?-->\s*/, '')
    .replaceAll(`<AppDomain>${devOrigin}<`, `<AppDomain>${origin}<`)
    .replaceAll(`<AppDomain>${worldwideAuthority}<`, `<AppDomain>${signIn}<`)
    .replaceAll(`"${devOrigin}/`, `"${escaped(address)}/`);
  if (hostname === 'localhost') return placed.replace(devId, addinId ?? devId);
  return placed.replace(devId, addinId ?? productId).replaceAll(' (dev)', '');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
