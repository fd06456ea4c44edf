/** One element of an XML file. Names are as written, prefix included; `text` is its own text, trimmed. */
export type Element = Readonly<{
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly Element[];
  text: string;
  line: number;
}>;

type Open = {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
  line: number;
};

const token =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+/gy;
const attribute = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads the XML manifests are made of: elements, attributes, text, comments and the five entities, and no document type, so
 * that nothing is fetched or expanded. Throws an error that names the line at which it stopped understanding.
 */
export function parseXml(source: string): Element {
  const lineAt = lineCounter(source);
  const roots: Element[] = [];
  const open: Open[] = [];
  let end = 0;
  for (const match of source.matchAll(token)) {
    const [whole, closing, opening, attributes = '', empty] = match;
    end = match.index + whole.length;
    if (opening !== undefined) {
      open.push({
        name: opening,
        attributes: attributesOf(attributes),
        children: [],
        text: '',
        line: lineAt(match.index),
      });
    }
    const current = open.at(-1);
    if (closing !== undefined || empty === '/') {
      if (current === undefined || (closing ?? current.name) !== current.name) {
        throw new Error(`line ${lineAt(match.index)}: </${closing}> closes nothing that is open.`);
      }
      open.pop();
      (open.at(-1)?.children ?? roots).push({ ...current, text: current.text.trim() });
    } else if (opening === undefined && !whole.startsWith('<') && current !== undefined) {
      current.text += decoded(whole);
    }
  }
  const [root] = roots;
  if (end < source.length) throw new Error(`line ${lineAt(end)}: this is not well-formed XML.`);
  if (open.length > 0) throw new Error(`line ${open.at(-1)?.line}: <${open.at(-1)?.name}> is never closed.`);
  if (root === undefined || roots.length > 1)
    throw new Error('line 1: expected one element around everything.');
  return root;
}

/** The element itself and all beneath it, in the order of the file, each with its parent. */
export function everyElement(
  root: Element,
): readonly Readonly<{ element: Element; parent: Element | null }>[] {
  const walk = (
    element: Element,
    parent: Element | null,
  ): readonly { element: Element; parent: Element | null }[] => [
    { element, parent },
    ...element.children.flatMap((child) => walk(child, element)),
  ];
  return walk(root, null);
}

export function childNamed(element: Element, name: string): Element | null {
  return element.children.find((child) => child.name === name) ?? null;
}

function attributesOf(text: string): Record<string, string> {
  const found = [...text.matchAll(attribute)];
  return Object.fromEntries(
    found.map(([, name = '', double, single]) => [name, decoded(double ?? single ?? '')]),
  );
}

function decoded(text: string): string {
  return text.replaceAll(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole);
}

function lineCounter(source: string): (index: number) => number {
  return (index) => source.slice(0, index).split('\n').length;
}
