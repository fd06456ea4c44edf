import { devId } from '../manifest.ts';
import { complain, type Complaint } from './complaint.ts';
import { childNamed, everyElement, type Element } from './xml.ts';

const longestUrl = 2048;
const holders = ['IconUrl', 'HighResolutionIconUrl', 'SupportUrl', 'SourceLocation', 'bt:Image', 'bt:Url'];

/** Every address is https and under one origin, which is among the AppDomains; this machine's goes with the identity for development. */
export function checkAddresses(root: Element): readonly Complaint[] {
  const places = everyElement(root)
    .map(({ element }) => element)
    .filter(({ name, attributes }) => holders.includes(name) && attributes['DefaultValue'] !== undefined);
  const icon = childNamed(root, 'IconUrl');
  const origin = originOf(icon?.attributes['DefaultValue'] ?? '');
  return [
    ...places.flatMap((element) => checkAddress(element, origin)),
    ...checkDomains(root, origin),
    ...checkMachine(root, origin),
  ];
}

function checkAddress(element: Element, origin: string): readonly Complaint[] {
  const url = element.attributes['DefaultValue'] ?? '';
  const what = element.attributes['id'] ?? element.name;
  if (url.length > longestUrl) {
    return [complain(element, `${what} has ${url.length} characters.`, `Use at most ${longestUrl}.`)];
  }
  if (!url.startsWith('https://')) {
    return [complain(element, `${what} is "${url}".`, 'Outlook loads https addresses only.')];
  }
  if (originOf(url) === origin) return [];
  const message = `${what} lies at ${originOf(url)}, the icon at ${origin}.`;
  return [
    complain(element, message, 'Keep everything under one address, so that one PUBLIC_URL fills it in.'),
  ];
}

function checkDomains(root: Element, origin: string): readonly Complaint[] {
  const domains = childNamed(root, 'AppDomains');
  if (domains === null) return [];
  const wrong = domains.children
    .filter(({ text }) => !text.startsWith('https://') || originOf(text) !== text)
    .map((element) =>
      complain(element, `The AppDomain "${element.text}" is no origin.`, 'Write https://host, no path.'),
    );
  if (domains.children.some(({ text }) => text === origin)) return wrong;
  return [
    ...wrong,
    complain(
      domains,
      `${origin} is not among the AppDomains.`,
      'Add it: dialogs of ours are refused without.',
    ),
  ];
}

function checkMachine(root: Element, origin: string): readonly Complaint[] {
  const id = childNamed(root, 'Id');
  const isHere = URL.parse(origin)?.hostname === 'localhost';
  if (id === null || (id.text.toLowerCase() === devId) === isHere) return [];
  return isHere
    ? [complain(id, `The product's Id goes with ${origin}.`, `This machine's manifest has the Id ${devId}.`)]
    : [
        complain(
          id,
          `The Id for development goes with ${origin}.`,
          'Build with `npm run build`, which puts in the product’s.',
        ),
      ];
}

function originOf(url: string): string {
  return URL.parse(url)?.origin ?? 'nowhere';
}
