import { fieldOf } from './catalog.ts';
import { primaryField } from './child-rows.ts';
import { fail } from './errors.ts';
import type { Child, Component, Field } from './metadata.ts';
import type { Row } from './row.ts';
import type { Store } from './store.ts';
import { wireFrom } from './values.ts';

/** How records are shown: which fields, in which zone, and below which parent. */
export type View = Readonly<{
  component: Component;
  fields: readonly Field[];
  zone: string;
  leavesOutEmpty: boolean;
  /** The child these rows are shown as, with the parent's row; null at the top. */
  below: Readonly<{ child: Child; parent: Row; parentName: string }> | null;
}>;

/** The fields to show; `Id` comes always, `IsPrimaryMVG` where there is a primary. Unknown names are SBL-EAI-50258. */
export function fieldsFor(
  component: Component,
  child: Child | null,
  names: readonly string[] | null,
): readonly Field[] {
  const shown = component.fields.filter(
    (field) => !field.isSearchOnly && (child?.fields?.includes(field.name) ?? true),
  );
  if (names === null) return shown;
  const wanted = names.filter((name) => name !== 'Id' && name !== 'IsPrimaryMVG');
  const found = wanted.map((name) => {
    const field = fieldOf(component, name);
    if (field === null || !shown.includes(field)) throw fail.unknownField(name, component.name);
    return field;
  });
  return [...shown.filter((field) => field.name === 'Id'), ...found];
}

/** A row as JSON, every value a string, empty ones `""`. */
export function recordFrom(store: Store, row: Row, view: View): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const field of view.fields) {
    const value = store.valueOf(row, field);
    if (value === '' && view.leavesOutEmpty) continue;
    record[field.name] = wireFrom(field, value, view.zone);
  }
  const primary = view.below === null ? null : primaryField(store, view.below.child);
  if (primary !== null) record['IsPrimaryMVG'] = view.below?.parent.values[primary] === row.id ? 'Y' : 'N';
  return record;
}

export type Link = Readonly<{ rel: string; href: string; name: string }>;

/** self, canonical, parent and child links of a row; `url` is the collection it was found in. */
export function linksFrom(
  row: Row,
  {
    component,
    below,
    url,
    dataUrl,
    childLinks,
  }: Readonly<{
    component: Component;
    below: View['below'];
    /** Address of the collection. */
    url: string;
    /** Address of `/data`, for canonical links. */
    dataUrl: string;
    childLinks: readonly string[] | null;
  }>,
): readonly Link[] {
  const self = `${url}/${encodeURIComponent(row.id)}`;
  const name = below?.child.name ?? component.name;
  const home = component.object === null ? null : encodeURIComponent(component.object);
  const own = encodeURIComponent(component.name);
  const canonical = home === null ? self : `${dataUrl}/${home}/${own}/${encodeURIComponent(row.id)}`;
  const parent = below === null ? null : url.slice(0, url.lastIndexOf('/'));
  const children = component.children
    .filter((child) => childLinks?.includes(child.name) ?? true)
    .map((child) => ({ rel: 'child', href: `${self}/${encodeURIComponent(child.name)}`, name: child.name }));
  return [
    { rel: 'self', href: self, name },
    { rel: 'canonical', href: canonical, name },
    ...(parent === null ? [] : [{ rel: 'parent', href: parent, name: below?.parentName ?? '' }]),
    ...children,
  ];
}
