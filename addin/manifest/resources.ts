import { complain, type Complaint } from './complaint.ts';
import { everyElement, type Element } from './xml.ts';

const longestId = 32;
const buckets = ['bt:Images', 'bt:Urls', 'bt:ShortStrings', 'bt:LongStrings'] as const;
type Bucket = (typeof buckets)[number];

/** Which resources an element points to; a resource of another kind kills the manifest as surely as a missing one. */
const bucketOf: Readonly<Record<string, Bucket>> = {
  'bt:Image': 'bt:Images',
  SourceLocation: 'bt:Urls',
  FunctionFile: 'bt:Urls',
  Label: 'bt:ShortStrings',
  Title: 'bt:ShortStrings',
  Description: 'bt:LongStrings',
};

/** Ids are short and unique; every reference finds a resource of the right kind, and every resource is used. */
export function checkResources(root: Element): readonly Complaint[] {
  const all = everyElement(root);
  const defined = all.filter(({ parent }) => buckets.some((bucket) => bucket === parent?.name));
  const references = all.filter(({ element }) => element.attributes['resid'] !== undefined);
  const homes = new Map(defined.map(({ element, parent }) => [idOf(element), parent?.name]));
  const used = new Set(references.map(({ element }) => element.attributes['resid']));
  const controls = all.filter(({ element }) => element.name === 'Group' || element.name === 'Control');
  return [
    ...checkIds(defined.map(({ element }) => element)),
    ...checkIds(controls.map(({ element }) => element)),
    ...references.flatMap(({ element }) => checkReference(element, homes)),
    ...defined.flatMap(({ element }) =>
      used.has(idOf(element))
        ? []
        : [complain(element, `Nothing uses the resource ${idOf(element)}.`, 'Point to it or take it out.')],
    ),
  ];
}

function checkIds(elements: readonly Element[]): readonly Complaint[] {
  const seen = new Set<string>();
  return elements.flatMap((element) => {
    const id = idOf(element);
    const isTwin = seen.has(id);
    seen.add(id);
    if (isTwin)
      return [complain(element, `The id ${id} is given twice.`, 'Give every resource and button its own.')];
    if (id.length >= 1 && id.length <= longestId) return [];
    return [complain(element, `The id "${id}" has ${id.length} characters.`, `Use 1 to ${longestId}.`)];
  });
}

function checkReference(
  element: Element,
  homes: ReadonlyMap<string, string | undefined>,
): readonly Complaint[] {
  const id = element.attributes['resid'] ?? '';
  const expected = bucketOf[element.name];
  const home = homes.get(id);
  if (home === undefined) {
    const advice = `Define it in <${expected ?? 'Resources'}> of the 1.1 overrides, which inherit nothing.`;
    return [
      complain(element, `<${element.name}> points to the resource ${id}, which does not exist.`, advice),
    ];
  }
  if (home === expected) return [];
  const message = `<${element.name}> points to ${id}, which lies in <${home}>.`;
  return [complain(element, message, `Point to a resource in <${expected ?? 'no bucket'}>.`)];
}

function idOf(element: Element): string {
  return element.attributes['id'] ?? '';
}
