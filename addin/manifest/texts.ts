import { complain, type Complaint } from './complaint.ts';
import { childNamed, everyElement, type Element } from './xml.ts';

const longest: Readonly<Record<string, number>> = {
  DisplayName: 125,
  'OfficeApp/Description': 250,
  'bt:ShortStrings/bt:String': 125,
  'bt:LongStrings/bt:String': 250,
  FunctionName: 64,
};
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const versionPattern = /^[1-9]\d{0,4}(\.\d{1,5}){0,3}$/;
const fullLocale = /^[a-z]{2,3}(-[A-Z][a-z]{3})?-[A-Z]{2}$/;
const lowest = '1.8';

/** Identity, version, requirement set, lengths, and every text in every language. */
export function checkTexts(root: Element, packageVersion: string): readonly Complaint[] {
  const all = everyElement(root);
  return [
    ...checkIdentity(root, packageVersion),
    ...all.flatMap(({ element }) => checkSet(element)),
    ...all.flatMap(({ element, parent }) => checkLength(element, parent)),
    ...checkLocales(all.map(({ element }) => element)),
  ];
}

function checkIdentity(root: Element, packageVersion: string): readonly Complaint[] {
  const found: Complaint[] = [];
  const id = childNamed(root, 'Id');
  const version = childNamed(root, 'Version');
  const locale = childNamed(root, 'DefaultLocale');
  if (id && !guid.test(id.text)) {
    found.push(
      complain(
        id,
        `The Id "${id.text}" is no GUID.`,
        'Keep the Id the add-in has; a new one makes a new add-in.',
      ),
    );
  }
  if (version && !versionPattern.test(version.text)) {
    const advice =
      'Use up to four numbers of up to five digits, the first at least 1: Microsoft refuses anything lower.';
    found.push(complain(version, `The Version "${version.text}" is none Outlook takes.`, advice));
  }
  if (version && version.text !== packageVersion) {
    const message = `The Version is ${version.text}, the package's is ${packageVersion}.`;
    found.push(
      complain(version, message, 'Give both the same: without a higher version nobody gets an update.'),
    );
  }
  if (locale && !fullLocale.test(locale.text)) {
    found.push(complain(locale, `DefaultLocale "${locale.text}" is no full tag.`, 'Write en-US, not en.'));
  }
  return found;
}

function checkSet(element: Element): readonly Complaint[] {
  const { MinVersion, DefaultMinVersion } = element.attributes;
  const version = MinVersion ?? DefaultMinVersion;
  if (version === undefined || version === lowest) return [];
  const advice = `Ask for ${lowest} in both places; what needs more is looked for when the add-in runs.`;
  return [complain(element, `<${element.name}> asks for Mailbox ${version}.`, advice)];
}

function checkLength(element: Element, parent: Element | null): readonly Complaint[] {
  const most = longest[`${parent?.name}/${element.name}`] ?? longest[element.name];
  if (most === undefined) return [];
  const texts = [element, ...element.children].map(
    (one) => one.attributes['DefaultValue'] ?? one.attributes['Value'] ?? one.text,
  );
  return texts.flatMap((text) => {
    const what = element.attributes['id'] ?? element.name;
    if (text === '') return [complain(element, `${what} is empty.`, 'Say something.')];
    return text.length <= most
      ? []
      : [complain(element, `${what} has ${text.length} characters: "${text}".`, `Use at most ${most}.`)];
  });
}

/** A language is there for every text or for none: half a translation shows as a mixture. */
function checkLocales(all: readonly Element[]): readonly Complaint[] {
  const overrides = all.filter(({ name }) => name === 'Override' || name === 'bt:Override');
  const locales = new Set(overrides.map(localeOf));
  const translated = all.filter((element) => element.name === 'bt:String' || isTranslated(element));
  return [
    ...overrides
      .filter((element) => !fullLocale.test(localeOf(element)))
      .map((element) =>
        complain(element, `The locale "${localeOf(element)}" is no full tag.`, 'Write de-DE, not de.'),
      ),
    ...translated.flatMap((element) => {
      const given = element.children.map(localeOf);
      const what = element.attributes['id'] ?? element.name;
      const twice = given.filter((locale, at) => given.indexOf(locale) !== at);
      const missing = [...locales].filter((locale) => !given.includes(locale));
      return [
        ...twice.map((locale) => complain(element, `${what} has ${locale} twice.`, 'Keep one of them.')),
        ...missing.map((locale) =>
          complain(element, `${what} has no text in ${locale}.`, 'Add an Override.'),
        ),
      ];
    }),
  ];
}

function isTranslated(element: Element): boolean {
  return element.children.some(({ name }) => name === 'Override' || name === 'bt:Override');
}

function localeOf(element: Element): string {
  return element.attributes['Locale'] ?? '';
}
