import { convert } from 'html-to-text';
import { objectFrom, textFrom } from '../wire.ts';

/** Every read asks for bodies as text; Exchange keeps them as HTML whatever they were written as. */
export const textBodies = 'outlook.body-content-type="text"';

/** Plain text with `\n` lines, without blank lines around it; `null` where nothing is written. */
export function textFromBody(body: unknown): string | null {
  const fields = objectFrom(body);
  const content = textFrom(fields?.['content']);
  if (content === null) return null;
  const text = isHtml(body) ? convert(content, plain) : content;
  const lines = text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\u{a0}', ' ')
    .split('\n')
    .map((line) => line.trimEnd());
  const first = lines.findIndex((line) => line !== '');
  return first === -1 ? null : lines.slice(first).join('\n').trimEnd();
}

/** Whether the service sent a body as HTML all the same, which a fresh read may tell in other words. */
export function isHtml(body: unknown): boolean {
  return textFrom(objectFrom(body)?.['contentType'])?.toLowerCase() === 'html';
}

export function graphFromBody(text: string | null): unknown {
  return { contentType: 'text', content: (text ?? '').replaceAll('\n', '\r\n') };
}

const plain = {
  wordwrap: false,
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
  ],
} as const;
