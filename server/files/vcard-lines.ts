/**
 * A logical line of a vCard file: folds undone, soft line breaks of quoted-printable joined. `line` is where it begins.
 * The value of an embedded picture, sound or key is left out while reading, so that a large one costs no memory.
 */
export type LogicalLine = Readonly<{ line: number; text: string }>;

const physicalLine = /([^\r\n]*)(?:\r\n|\n|\r|$)/y;
const embedded = /^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY|X-MS-CARDPICTURE)[;:]/i;
const quotedPrintable = /^[^:]*;\s*(?:ENCODING\s*=\s*)?QUOTED-PRINTABLE\s*[;:]/i;
const base64 = /^[^:]*;\s*(?:ENCODING\s*=\s*)?(?:BASE64|B)\s*[;:]/i;
const bareBase64 = /^[A-Za-z0-9+/=]+\s*$/;
export const cardBegin = /^\s*BEGIN\s*:\s*VCARD\s*$/i;
export const cardEnd = /^\s*END\s*:\s*VCARD\s*$/i;
/** Files put together without a line end between them. */
const endThenBegin = /^(\s*END:VCARD)\s*(BEGIN:VCARD.*)$/i;

/** The open line while its continuations are read. */
type Open = { line: number; text: string; isEmbedded: boolean; isQuoted: boolean; isBase64: boolean };

export function* logicalLines(text: string): Generator<LogicalLine> {
  let open: Open | null = null;
  let isOldStyle = false;
  for (const { line, text: raw } of physicalLines(text)) {
    if (open !== null && continues(open, raw)) {
      extend(open, raw, isOldStyle);
      continue;
    }
    if (open !== null) yield { line: open.line, text: open.text };
    if (cardBegin.test(raw)) isOldStyle = false;
    if (/^\s*VERSION\s*:\s*2/i.test(raw)) isOldStyle = true;
    open = opened(line, raw);
  }
  if (open !== null) yield { line: open.line, text: open.text };
}

function* physicalLines(text: string): Generator<LogicalLine> {
  physicalLine.lastIndex = 0;
  let line = 0;
  let at = 0;
  while (at < text.length) {
    physicalLine.lastIndex = at;
    const raw = physicalLine.exec(text)?.[1] ?? '';
    at = physicalLine.lastIndex;
    line++;
    // A byte order mark, read as UTF-8 or byte by byte: files are put together with theirs.
    const clean = raw.replace(/^(?:\uFEFF|\u00EF\u00BB\u00BF)/, '');
    const [, end, begin] = endThenBegin.exec(clean) ?? [];
    if (end !== undefined) yield { line, text: end };
    yield { line, text: begin ?? clean };
  }
}

function opened(line: number, raw: string): Open {
  const isEmbedded = embedded.test(raw);
  return {
    line,
    text: isEmbedded ? raw.slice(0, raw.indexOf(':') + 1) || raw.slice(0, 200) : raw,
    isEmbedded,
    isQuoted: quotedPrintable.test(raw),
    isBase64: base64.test(raw),
  };
}

/**
 * A fold begins with white space; quoted-printable goes on after a closing `=`; some writers put the lines of base64
 * unindented until an empty line. Neither swallows the next BEGIN or END: a cut-off value must not cost a card.
 */
function continues(open: Open, raw: string): boolean {
  if (cardBegin.test(raw) || cardEnd.test(raw)) return false;
  if (open.isQuoted && open.text.trimEnd().endsWith('=')) return true;
  if (/^[ \t]/.test(raw)) return open.text !== '' && !cardBegin.test(open.text) && !cardEnd.test(open.text);
  return open.isBase64 && bareBase64.test(raw);
}

/** vCard 2.1 folds at white space and keeps it, 3.0 and 4.0 put one extra character in. */
function extend(open: Open, raw: string, isOldStyle: boolean): void {
  if (open.isEmbedded) return;
  if (open.isQuoted && open.text.trimEnd().endsWith('=')) open.text = open.text.trimEnd().slice(0, -1) + raw;
  else if (open.isBase64) open.text += raw.trim();
  else open.text += isOldStyle ? raw : raw.slice(1);
}
