import { isRecord } from '../json.ts';
import { fail } from './errors.ts';
import type { Component } from './metadata.ts';
import { componentOf } from './catalog.ts';

/** What `QueryHierarchy` asks of one level; null means all fields, all rows. */
export type Level = Readonly<{
  component: Component;
  fields: readonly string[] | null;
  search: string | null;
  sort: string;
  children: ReadonlyMap<string, Level>;
}>;

/** Reads `{"Contact":{"fields":"…","searchspec":"…","Account":{…}}}`; a name of no child is SBL-EAI-50257. */
export function levelFrom(json: string, component: Component): Level {
  const pattern = objectFrom(json);
  const root = pattern[component.name];
  if (!isRecord(root)) throw fail.argument(json, 'QueryHierarchy');
  return levelOf(root, component);
}

/** The level that `getChildren=all` stands for: every child of the record, and none of theirs. */
export function levelWithAllChildren(component: Component): Level {
  const bare = (of: Component): Level => ({
    component: of,
    fields: null,
    search: null,
    sort: '',
    children: new Map(),
  });
  const children = component.children.map((child) => [child.name, bare(componentOf(child.far))] as const);
  return { ...bare(component), children: new Map(children) };
}

function levelOf(pattern: Readonly<Record<string, unknown>>, component: Component): Level {
  const settings = new Map(
    Object.entries(pattern)
      .filter(([, value]) => typeof value === 'string')
      .map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  const children = Object.entries(pattern).flatMap(([name, value]) => {
    if (!isRecord(value)) return [];
    const child = component.children.find((one) => one.name === name);
    if (child === undefined) throw fail.unknownComponent(name, component.object ?? component.name);
    return [[name, levelOf(value, componentOf(child.far))] as const];
  });
  const fields = settings.get('fields') ?? '';
  const search = settings.get('searchspec') ?? '';
  return {
    component,
    fields: fields.trim() === '' ? null : fields.split(',').map((name) => name.trim()),
    search: search.trim() === '' ? null : search,
    sort: settings.get('sortspec') ?? '',
    children: new Map(children),
  };
}

function objectFrom(json: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json);
    if (isRecord(value)) return value;
  } catch {
    // Falls through to the refusal that names the argument.
  }
  throw fail.argument(json, 'QueryHierarchy');
}
