import type { Deployment } from '../addin/manifest.ts';
import type { SettingReader } from './setting-reader.ts';

export type AddinSettings = Readonly<{
  /** Null: the product's own Id. A second deployment in one tenant needs another. */
  id: string | null;
  /** Who may show the task pane in a frame, as sources of a Content-Security-Policy. */
  frameAncestors: readonly string[];
}>;

/**
 * The addresses at which Outlook on the web shows panes. Microsoft documents no list; these were seen working
 * (OfficeDev/office-js issues 3835 and 5224), `outlook.cloud.microsoft` since 2025.
 */
const outlooks = [
  'https://outlook.office.com',
  'https://outlook.office365.com',
  'https://outlook-sdf.office365.com',
  'https://outlook.live.com',
  'https://outlook.cloud.microsoft',
  'https://*.office.com',
  'https://*.cloud.microsoft',
  'https://*.microsoft365.com',
];
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const frameSource = /^('self'|https?:\/\/(\*\.)?[\w.-]+(:(\d+|\*))?)$/;

export function addinFrom(read: SettingReader): AddinSettings {
  const id = read.text('ADDIN_ID');
  const isGuid = id === null || guid.test(id);
  if (!isGuid)
    read.complain(`ADDIN_ID is "${id}": expected a GUID of its own for this deployment, or nothing.`);
  const given = read.text('FRAME_ANCESTORS')?.split(/\s+/) ?? outlooks;
  const wrong = given.filter((source) => !frameSource.test(source));
  if (wrong.length > 0) {
    const expected = 'addresses such as https://outlook.office.com, separated by spaces';
    read.complain(`FRAME_ANCESTORS has ${wrong.join(' ')}: expected ${expected}.`);
  }
  return { id: isGuid ? (id?.toLowerCase() ?? null) : null, frameAncestors: given };
}

/** What `npm run build` needs to know; it needs no secret and no connection. */
export function deploymentFrom(read: SettingReader): Deployment {
  const port = read.integer('PORT', { fallback: 3000, least: 1, most: 65_535 });
  return {
    publicUrl: read.url('PUBLIC_URL', `http://localhost:${port}`),
    addinId: addinFrom(read).id,
    authority: read.url('ENTRA_AUTHORITY', 'https://login.microsoftonline.com'),
  };
}
