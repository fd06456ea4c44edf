/** A piece of HTML; only `markup` makes one, so that a text cannot become a tag by accident. */
export type Markup = Readonly<{ markup: string }>;

type Part = string | Markup | readonly Markup[];

/** HTML from a template: texts are escaped, pieces of HTML and lists of them are put in as they are. */
export function markup(pieces: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const texts = parts.map((part) => {
    if (typeof part === 'string') return escaped(part);
    return 'markup' in part ? part.markup : part.map((one) => one.markup).join('\n');
  });
  return { markup: pieces.map((piece, at) => piece + (texts[at] ?? '')).join('') };
}

/** Rows of texts or pieces of HTML under headings. */
export function tableOf(
  headings: readonly string[],
  rows: readonly (readonly (string | Markup)[])[],
): Markup {
  const heads = headings.map((heading) => markup`<th scope="col">${heading}</th>`);
  const cells = (row: readonly (string | Markup)[]) => row.map((cell) => markup`<td>${cell}</td>`);
  return markup`<table>
<thead><tr>${heads}</tr></thead>
<tbody>
${rows.map((row) => markup`<tr>${cells(row)}</tr>`)}
</tbody>
</table>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
