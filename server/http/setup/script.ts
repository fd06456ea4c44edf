import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What runs in the browser, and how it looks; both stand in the page itself. */
export const script = fileNamed('page.js');
export const style = fileNamed('page.css');

/** The two as a Content-Security-Policy names them: nothing else runs on the page. */
export const scriptSource = sourceOf(script);
export const styleSource = sourceOf(style);

function fileNamed(name: string): string {
  // A browser counts a line's end as one character, whatever a checkout on Windows made of it.
  return readFileSync(join(import.meta.dirname, name), 'utf8').replaceAll('\r\n', '\n');
}

function sourceOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
