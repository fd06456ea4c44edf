import type { EventBody } from './state.ts';

const head = '<html><head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">';

/** Exchange keeps HTML as a whole document, whatever part of one it was sent. */
export function documentFrom(html: string): string {
  if (html.trim() === '') return '';
  if (!/<html[\s>]/i.test(html)) return `${head}</head><body>${html}</body></html>`;
  return /<meta[^>]+charset/i.test(html)
    ? html
    : html.replace(/<html[^>]*>\s*(?:<head[^>]*>)?/i, openHead(html));
}

const openHead = (html: string) => (/<head[\s>]/i.test(html) ? head : `${head}</head>`);

/** What Exchange makes of plain text for those who read HTML. */
function htmlFromText(text: string): string {
  if (text.trim() === '') return '';
  const lines = escaped(text).replace(/\r?\n/g, '<br>\r\n');
  return `${head}\r\n<meta name="Generator" content="Microsoft Exchange Server">\r\n<!-- converted from text -->\r\n<style><!-- .EmailQuote { margin-left: 1pt; padding-left: 4pt; border-left: #800000 2px solid; } --></style></head>\r\n<body>\r\n<font size="2"><span style="font-size:11pt;"><div class="PlainText">${lines}</div></span></font>\r\n</body>\r\n</html>\r\n`;
}

/** A stored body as HTML, whatever it was sent as. */
export const htmlOf = ({ contentType, content }: EventBody): string =>
  contentType === 'html' ? content : htmlFromText(content);

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** HTML as those see it who ask for text: lines for blocks, addresses of links in angle brackets. */
export function textFromHtml(html: string): string {
  const text = html
    .replace(/<!--[\s\S]*?-->|<(head|style|script)\b[\s\S]*?<\/\1>/gi, '')
    .replace(/[ \t]*\r?\n[ \t]*/g, ' ')
    .replace(/<a\b[^>]*\bhref="([^"]*)"[^>]*>([\s\S]*?)<\/a>/gi, (_, href: string, shown: string) =>
      shown.trim() === href ? href : `${shown}<![${href}]>`,
    )
    .replace(/<br\s*\/?>|<\/(p|div|li|tr|h\d)>/gi, '\n')
    .replace(/<(?!!\[)[^>]*>/g, '')
    .replace(/<!\[([\s\S]*?)\]>/g, '&lt;$1&gt;')
    .replace(/&(#x[\da-f]+|#\d+|\w+);/gi, (whole, name: string) => decoded(name.toLowerCase()) ?? whole);
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\r\n')
    .trim();
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function decoded(name: string): string | null {
  if (!name.startsWith('#')) return entities[name] ?? null;
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : null;
}
