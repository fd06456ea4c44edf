import type { FaultHit } from '../world.ts';
import type { WireAnswer } from '../wire.ts';
import type { Place } from './address-path.ts';
import { childNamed, farIds } from './child-rows.ts';
import { zoneOf, type Engine } from './engine.ts';
import { fail } from './errors.ts';
import { levelFrom, levelWithAllChildren, type Level } from './hierarchy.ts';
import type { Child, Component } from './metadata.ts';
import type { Parameters } from './parameters.ts';
import { fieldsFor, linksFrom, recordFrom, type View } from './record.ts';
import { parseSearch } from './search/parse.ts';
import type { Scope } from './search/scope.ts';
import { select, type Selected } from './select.ts';
import { sortFrom } from './sort.ts';
import type { Row } from './row.ts';
import { asSwitched } from './switched-field.ts';
import { isVisible, type ViewMode } from './visibility.ts';

type Reading = Readonly<{
  engine: Engine;
  parameters: Parameters;
  places: readonly Place[];
  /** Address of the request without its query. */
  url: string;
  /** Address of `/data`. */
  dataUrl: string;
  /** A fault that bends the listing. */
  bend: FaultHit['kind'] | null;
}>;

/** `GET` of a collection or of one record; nothing found is 404 "There is no data for the requested resource". */
export function readAnswer(reading: Reading): WireAnswer {
  const place = reading.places.at(-1);
  if (place === undefined) throw fail.noResource();
  return place.id === null ? collectionAnswer(reading, place) : recordAnswer(reading, place, place.id);
}

function collectionAnswer(reading: Reading, place: Place): WireAnswer {
  const { engine, parameters, url } = reading;
  const below = parentOf(reading);
  const level = levelOf(reading, place.component);
  const within =
    place.child === null || below === null ? null : farIds(engine.store, place.child, below.parent.id);
  const selected = cut(selectPage(reading, { level, within, child: place.child, isTop: true }), reading);
  if (selected.rows.length === 0) throw fail.noData();
  const view = viewOf(reading, { level, below });
  const items = selected.rows.map((row) => shown(reading, { row, view, level, url }));
  const headers: Record<string, string> =
    selected.total === null ? {} : { 'Total-Record-Count': String(selected.total) };
  const name = place.child?.name ?? place.component.name;
  return {
    status: 200,
    headers,
    body: {
      // Without `uniformresponse` a single match is an object, not an array.
      items: parameters.isUniform || items.length > 1 ? items : items[0],
      Link: [{ rel: 'self', href: url, name }],
    },
  };
}

function recordAnswer(reading: Reading, place: Place, id: string): WireAnswer {
  const { engine, parameters, url } = reading;
  const below = parentOf(reading);
  const mode = modeFor(parameters, place.child);
  const row = visibleRow(engine, { component: place.component, id, mode });
  const isLinked =
    place.child === null || below === null || farIds(engine.store, place.child, below.parent.id).has(id);
  if (row === null || !isLinked) throw fail.noData();
  const level = levelOf(reading, place.component);
  const collection = url.slice(0, url.lastIndexOf('/'));
  const view = viewOf(reading, { level, below });
  return { status: 200, body: shown(reading, { row, view, level, url: collection }) };
}

/** The row if the user can see it in the mode. */
export function visibleRow(
  { store, session }: Engine,
  { component, id, mode }: Readonly<{ component: Component; id: string; mode: ViewMode }>,
): Row | null {
  const row = store.table(component.name).get(id);
  return row !== null && isVisible(store, { component, row, session }, mode) ? row : null;
}

/** The record above the last place; one nobody may see ends the request. */
function parentOf(reading: Reading): View['below'] {
  const { engine, parameters, places } = reading;
  let below: View['below'] = null;
  for (const [at, place] of places.entries()) {
    if (at === places.length - 1) return below;
    const next = places[at + 1];
    const row =
      place.id === null
        ? null
        : visibleRow(engine, { component: place.component, id: place.id, mode: parameters.mode });
    if (row === null || !next?.child) throw fail.noData();
    if (below !== null && !farIds(engine.store, below.child, below.parent.id).has(row.id))
      throw fail.noData();
    below = { child: next.child, parent: row, parentName: place.child?.name ?? place.component.name };
  }
  return below;
}

/** `QueryHierarchy` stands in for the outer fields and search; where it names none, theirs hold. */
function levelOf({ parameters }: Reading, component: Component): Level {
  const { fields, search, sort, hierarchy, hasChildren } = parameters;
  const pattern = hierarchy === null ? null : levelFrom(hierarchy, component);
  const base = pattern ?? (hasChildren ? levelWithAllChildren(component) : null);
  return {
    component,
    fields: base?.fields ?? fields,
    search: base?.search ?? search,
    sort: base?.sort ? base.sort : sort,
    children: base?.children ?? new Map(),
  };
}

function selectPage(
  { engine, parameters }: Reading,
  {
    level,
    within,
    child,
    isTop,
  }: Readonly<{
    level: Level;
    within: ReadonlySet<string> | null;
    child: Child | null;
    isTop: boolean;
  }>,
): Selected {
  const scope = scopeOf(engine, level.component);
  const isDoubled = engine.world.switches.isOn('siebel.doubledQuotes');
  return select(scope, {
    search: level.search === null ? null : parseSearch(level.search, isDoubled),
    sort: sortFrom(level.component, level.sort),
    mode: modeFor(parameters, child),
    start: isTop ? parameters.start : 0,
    // PageSize holds for every level of a hierarchy.
    pageSize: parameters.pageSize,
    within,
    isCounted: isTop && parameters.isCounted,
  });
}

/** Rows that are merely associated come with the record that shows them, whoever's they are. */
function modeFor({ mode }: Parameters, child: Child | null): ViewMode {
  return child?.kind === 'associate' ? 'All' : mode;
}

/** What a search of a component is read against. */
function scopeOf(engine: Engine, component: Component): Scope {
  const { store, world } = engine;
  return {
    store,
    component,
    session: { ...engine.session, zone: zoneOf(engine) },
    now: world.now,
    typed: (field) => asSwitched(world, field),
    lookUp: (type, code) => {
      const table = store.table('List Of Values');
      const rows = [...table.equalTo('Type', type)].map((id) => table.get(id));
      return rows.find((row) => row?.values['Name'] === code)?.values['Value'] ?? code;
    },
  };
}

/** `empty-list` finds nothing; `partial-page` ends a listing early: half of its first page, nothing of the next ones. */
function cut(selected: Selected, { bend, parameters }: Reading): Selected {
  if (bend === 'empty-list') return { ...selected, rows: [] };
  if (bend !== 'partial-page') return selected;
  if (parameters.start > 0) return { ...selected, rows: [] };
  return selected.hasMore
    ? { ...selected, rows: selected.rows.slice(0, Math.ceil(selected.rows.length / 2)) }
    : selected;
}

function viewOf(
  { engine, parameters }: Reading,
  { level, below }: Readonly<{ level: Level; below: View['below'] }>,
): View {
  return {
    component: level.component,
    fields: fieldsFor(level.component, below?.child ?? null, level.fields).map((field) =>
      asSwitched(engine.world, field),
    ),
    zone: zoneOf(engine),
    leavesOutEmpty: parameters.leavesOutEmpty,
    below,
  };
}

/** A record with its links, or with its children where a hierarchy was asked for. */
function shown(
  reading: Reading,
  { row, view, level, url }: Readonly<{ row: Row; view: View; level: Level; url: string }>,
): Record<string, unknown> {
  const record = recordFrom(reading.engine.store, row, view);
  if (level.children.size === 0) {
    const { dataUrl, parameters } = reading;
    const links = { component: view.component, below: view.below, url, dataUrl };
    record['Link'] = linksFrom(row, { ...links, childLinks: parameters.childLinks });
    return record;
  }
  addChildren(reading, { record, row, level });
  return record;
}

function addChildren(
  reading: Reading,
  { record, row, level }: Readonly<{ record: Record<string, unknown>; row: Row; level: Level }>,
): void {
  const { engine, parameters } = reading;
  for (const [name, childLevel] of level.children) {
    const child = childNamed(level.component, name);
    if (child === null) continue;
    const within = farIds(engine.store, child, row.id);
    const selected = selectPage(reading, { level: childLevel, within, child, isTop: false });
    const below = { child, parent: row, parentName: level.component.name };
    const view = viewOf(reading, { level: childLevel, below });
    const records = selected.rows.map((far) => {
      const nested = recordFrom(engine.store, far, view);
      addChildren(reading, { record: nested, row: far, level: childLevel });
      return nested;
    });
    if (records.length === 0 && !engine.world.switches.isOn('siebel.emptyChildren')) continue;
    record[name] = parameters.isUniform || records.length !== 1 ? records : records[0];
  }
}
