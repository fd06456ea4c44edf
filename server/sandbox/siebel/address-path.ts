import { componentOf, exposed } from './catalog.ts';
import { childNamed } from './child-rows.ts';
import { fail } from './errors.ts';
import type { Child, Component } from './metadata.ts';

/** One pair of a data address: a component, reached as a child or at the top, and the id of a row in it. */
export type Place = Readonly<{ component: Component; child: Child | null; id: string | null }>;

export type Address =
  | Readonly<{ address: 'data'; places: readonly Place[]; url: string }>
  | Readonly<{ address: 'describe'; places: readonly Place[]; object: string | null }>
  | Readonly<{ address: 'denied'; resource: string }>;

/** Reads `/v1.0/data/{BO}/{BC}/…`, with or without a trailing slash; `segments` are decoded one by one. */
export function addressFrom(segments: readonly string[], base: string): Address {
  const [version, family, ...rest] = segments;
  if (version !== 'v1.0') throw fail.noResource();
  if (family === 'service' || family === 'workflow') {
    return { address: 'denied', resource: rest[0] ?? family };
  }
  if (family !== 'data') throw fail.noResource();
  const isDescribe = rest.at(-1) === 'describe';
  const names = isDescribe ? rest.slice(0, -1) : rest;
  if (isDescribe && names.length < 2) return { address: 'describe', places: [], object: names[0] ?? null };
  const places = placesFrom(names);
  if (isDescribe) return { address: 'describe', places, object: names[0] ?? null };
  return { address: 'data', places, url: urlOf(base, names) };
}

function placesFrom(names: readonly string[]): readonly Place[] {
  const [object, first, ...rest] = names;
  if (object === undefined || first === undefined) throw fail.noResource();
  const top = exposed(object, first);
  const places: Place[] = [{ component: top, child: null, id: rest[0] ?? null }];
  let component = top;
  for (let at = 1; at < rest.length; at += 2) {
    const name = rest[at] ?? '';
    const child = childNamed(component, name);
    if (child === null) throw fail.unknownComponent(name, object);
    component = componentOf(child.far);
    places.push({ component, child, id: rest[at + 1] ?? null });
  }
  return places;
}

function urlOf(base: string, names: readonly string[]): string {
  return `${base}/v1.0/data/${names.map(encodeURIComponent).join('/')}`;
}

/** The template a request is counted under: every id becomes `{id}`. */
export function templateOf(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '');
  if (segments[1] !== 'data' || segments.at(-1) === 'describe') return `/${segments.join('/')}`;
  return `/${segments.map((segment, at) => (at >= 4 && at % 2 === 0 ? '{id}' : segment)).join('/')}`;
}
