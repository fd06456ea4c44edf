import { complain, type Complaint } from './complaint.ts';
import { everyElement, type Element } from './xml.ts';

/** Reads the file an icon's name stands for; null when there is none. */
export type ReadIcon = (name: string) => Uint8Array | null;

const ribbonSizes = ['16', '32', '80'];
const listSizes: Readonly<Record<string, number>> = { IconUrl: 64, HighResolutionIconUrl: 128 };
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Every icon exists as a PNG of the size it is declared with, and every button has the sizes Outlook demands. */
export function checkIcons(root: Element, readIcon: ReadIcon): readonly Complaint[] {
  const all = everyElement(root).map(({ element }) => element);
  const images = all.filter(({ name, attributes }) => name === 'bt:Image' && attributes['id'] !== undefined);
  const addresses = new Map(
    images.map(({ attributes }) => [attributes['id'], attributes['DefaultValue'] ?? '']),
  );
  return all.flatMap((element) => {
    const size = listSizes[element.name];
    if (size !== undefined)
      return checkIcon(element, { url: element.attributes['DefaultValue'] ?? '', size }, readIcon);
    if (element.name !== 'Icon') return [];
    return [
      ...missingSizes(element),
      ...element.children.flatMap((image) => {
        const url = addresses.get(image.attributes['resid']);
        // A reference that leads nowhere is the resources' complaint.
        return url === undefined
          ? []
          : checkIcon(image, { url, size: Number(image.attributes['size']) }, readIcon);
      }),
    ];
  });
}

function missingSizes(icon: Element): readonly Complaint[] {
  const given = icon.children.map(({ attributes }) => attributes['size']);
  return ribbonSizes
    .filter((size) => !given.includes(size))
    .map((size) =>
      complain(icon, `The icon has no size ${size}.`, `Outlook demands ${ribbonSizes.join(', ')}.`),
    );
}

function checkIcon(
  element: Element,
  { url, size }: Readonly<{ url: string; size: number }>,
  readIcon: ReadIcon,
): readonly Complaint[] {
  const name = /\/icons\/([\w-]+\.png)$/.exec(url)?.[1];
  const advice = 'Icons lie in addin/assets as PNG files and are served under /icons/.';
  if (name === undefined) return [complain(element, `The icon "${url}" is none of ours.`, advice)];
  const file = readIcon(name);
  if (file === null) return [complain(element, `The icon ${name} does not exist.`, advice)];
  const found = sizeOfPng(file);
  if (found === null) return [complain(element, `The icon ${name} is no PNG.`, advice)];
  if (found.width === size && found.height === size) return [];
  const message = `The icon ${name} is ${found.width} × ${found.height}, declared as ${size} × ${size}.`;
  return [complain(element, message, 'Draw it in the size it is declared with.')];
}

/** Width and height stand in the first chunk, right behind the signature (PNG specification, 11.2.1). */
function sizeOfPng(file: Uint8Array): Readonly<{ width: number; height: number }> | null {
  if (file.length < 24 || !signature.every((byte, at) => file[at] === byte)) return null;
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
