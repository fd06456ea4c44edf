import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join, normalize } from 'node:path';
import type { WireAnswer } from '../wire.ts';

const cdn = 'https://appsforoffice.microsoft.com/lib/1/hosted/office.js';
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
};
/**
 * office.js trusts a host only at https. This one stands at http on this machine, where there is nobody in between; the
 * library is as Microsoft publishes it in everything else.
 */
const trustThisHost = `
;OSF.InitializationHelper.prototype.checkReceiverOriginAndRun = function (run) {
  this._webAppState.clientEndPoint._hostTrustCheckStatus = Microsoft.Office.Common.HostTrustStatus.trusted;
  run();
};
`;

/** A file of the npm package `@microsoft/office-js`, which Microsoft gives for developing and testing; null if it has none such. */
export async function officeFile(path: string): Promise<WireAnswer | null> {
  const clean = normalize(path).replaceAll('\\', '/');
  const type = types[extname(clean)];
  if (type === undefined || clean.startsWith('..') || clean.startsWith('/')) return null;
  const text = await readFile(join(folder(), clean), 'utf8').catch(() => null);
  if (text === null) return null;
  const isHostFile = /(^|\/)outlook-web-[\d.]+(\.debug)?\.js$/.test(clean);
  return {
    status: 200,
    headers: { 'content-type': type, 'cache-control': 'max-age=3600' },
    body: isHostFile ? text + trustThisHost : text,
  };
}

/** The add-in's page as it runs here: office.js from this machine, and before it what Outlook's frame would bring. */
export function withLocalOffice(html: string): string {
  return html.replace(
    new RegExp(`<script[^>]*src="${cdn.replaceAll('.', String.raw`\.`)}"[^>]*></script>`),
    '<script src="/outlook/guest/guest.ts"></script><script src="/outlook/office/office.js"></script>',
  );
}

function folder(): string {
  return join(dirname(createRequire(import.meta.url).resolve('@microsoft/office-js/package.json')), 'dist');
}
