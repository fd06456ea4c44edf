import { propertyFrom, type Property } from './property.ts';

/** What a person is told about a line of their file: nothing of a component is lost without a sentence. */
export type LineNote = Readonly<{ line: number; reason: string }>;

/** A BEGIN…END block; `line` is its BEGIN. Names are in upper case. */
export type Component = Readonly<{
  name: string;
  line: number;
  properties: readonly Property[];
  children: readonly Component[];
}>;

type Open = { name: string; line: number; properties: Property[]; children: Component[] };

export type ComponentsRead = Readonly<{
  roots: readonly Component[];
  problems: readonly LineNote[];
  remarks: readonly LineNote[];
}>;

/**
 * The blocks of an iCalendar file (RFC 5545). A line that cannot be read costs itself, a block that is cut off costs itself,
 * and everything else is kept.
 */
export function componentsIn(text: string): ComponentsRead {
  const roots: Component[] = [];
  const problems: LineNote[] = [];
  const remarks: LineNote[] = [];
  const stack: Open[] = [];
  const keep = (done: Component) => (stack.at(-1)?.children ?? roots).push(done);
  /** Ends a block that has no END: a calendar keeps what it holds, anything in it is given up. */
  const close = () => {
    const open = stack.pop();
    if (open?.name === 'VCALENDAR') keep(open);
    else if (open !== undefined) problems.push({ line: open.line, reason: cutOff(open.name) });
  };
  for (const { line, text: content } of logicalLines(text)) {
    const [, word, named] = /^\s*(BEGIN|END)\s*:\s*([\w-]+)\s*$/i.exec(content) ?? [];
    const name = named?.toUpperCase() ?? '';
    const top = stack.at(-1);
    if (word?.toUpperCase() === 'BEGIN') {
      // The same block cannot hold itself: the one before was cut off.
      while (stack.some((open) => open.name === name)) close();
      stack.push({ name, line, properties: [], children: [] });
    } else if (word !== undefined) {
      if (!stack.some((open) => open.name === name)) continue;
      while (stack.length > 0 && stack.at(-1)?.name !== name) close();
      const done = stack.pop();
      if (done !== undefined) keep(done);
    } else if (top !== undefined && content.trim() !== '') {
      const property = propertyFrom(line, content);
      if (property === null) remarks.push({ line, reason: unreadable(content) });
      else top.properties.push(property);
    }
  }
  while (stack.length > 0) close();
  return { roots, problems, remarks };
}

function cutOff(name: string): string {
  return `BEGIN:${name} has no END:${name}; the file may be cut off.`;
}

function unreadable(content: string): string {
  const [name = ''] = content.split(/[;:]/, 1);
  return `The line ${name.slice(0, 30)} cannot be read; it is left out.`;
}

type Line = { line: number; text: string };

/** Folds undone; `line` is where the logical line begins. Embedded files are left out, they have no place here. */
function* logicalLines(text: string): Generator<Line> {
  let open: Line | null = null;
  let isEmbedded = false;
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    if (open !== null && /^[ \t]/.test(raw)) {
      if (!isEmbedded) open.text += raw.slice(1);
      continue;
    }
    if (open !== null && isStray(open.text, raw)) {
      if (!isEmbedded) open.text += `\\n${raw}`;
      continue;
    }
    if (open !== null) yield open;
    isEmbedded = /^ATTACH;.*(?:ENCODING=BASE64|VALUE=BINARY)/i.test(raw);
    open = { line: index + 1, text: isEmbedded ? 'X-EMBEDDED:' : raw };
  }
  if (open !== null) yield open;
}

/** Some writers break long texts without folding them: a line that names no property belongs to the text before. */
function isStray(before: string, raw: string): boolean {
  if (/^[\w-]+\s*[;:]/.test(raw)) return false;
  return raw.trim() !== '' && /^(?:DESCRIPTION|COMMENT|LOCATION|SUMMARY|X-ALT-DESC)\b/i.test(before);
}
