import { textOr } from '../json.ts';
import type { WireAnswer } from '../wire.ts';
import type { Place } from './address-path.ts';
import { changesFrom, recordsFrom, type Sent } from './changes.ts';
import { farIds } from './child-rows.ts';
import type { Engine } from './engine.ts';
import { fail } from './errors.ts';
import { deleteRow } from './links.ts';
import type { Component } from './metadata.ts';
import { visibleRow } from './read.ts';
import type { Row } from './row.ts';
import { deleteChild, putChild, type ChildWrite } from './write-child.ts';
import { insertRow, updateRow } from './write-row.ts';

export type Writing = Readonly<{
  engine: Engine;
  method: 'POST' | 'PUT' | 'DELETE';
  places: readonly Place[];
  /** Address of the request without its query. */
  url: string;
  isUniform: boolean;
  /** The parsed body, or null when there was none. */
  body: unknown;
}>;

/** Most records of one request. */
const mostRecords = 100;

/** POST, PUT and DELETE below `/data`; whatever fails undoes the whole request. */
export function writeAnswer(writing: Writing): WireAnswer {
  return writing.engine.store.transaction(() => {
    const place = writing.places.at(-1);
    if (place === undefined) throw fail.noResource();
    if (writing.places.length > 1) return childAnswer(writing);
    if (writing.method === 'DELETE') return deleteAnswer(writing, place);
    if (Array.isArray(writing.body)) return batchAnswer(writing, place);
    const [sent] = recordsFrom(writing.body);
    if (sent === undefined) throw fail.body();
    const { record, hasChanged } =
      writing.method === 'POST' ? post(writing, place, sent) : put(writing, place, sent);
    if (!hasChanged && writing.engine.world.switches.isOn('siebel.notModified'))
      return { status: 304, body: null };
    return { status: 200, body: { items: writing.isUniform ? [record] : record } };
  });
}

function batchAnswer(writing: Writing, place: Place): WireAnswer {
  const sent = recordsFrom(writing.body);
  if (sent.length > mostRecords) throw fail.tooManyRecords(mostRecords);
  const write = writing.method === 'POST' ? post : put;
  return { status: 200, body: sent.map((one) => write(writing, place, one).record) };
}

type Written = Readonly<{ record: Sent; hasChanged: boolean }>;

/** Inserts; a row with the Id sent is a duplicate, any other Id a placeholder for the one Siebel gives. */
function post(writing: Writing, place: Place, sent: Sent): Written {
  const { engine } = writing;
  if (place.id !== null) throw fail.method('POST');
  const id = typeof sent['Id'] === 'string' ? sent['Id'] : null;
  if (id !== null && engine.store.table(place.component.name).get(id) !== null) {
    throw fail.matchExists(place.component.name, id);
  }
  return inserted(writing, place.component, sent);
}

/** Upserts: a row the user reaches is updated, an unknown or unreachable one inserted under a new id. */
function put(writing: Writing, place: Place, sent: Sent): Written {
  const { engine } = writing;
  const id = place.id ?? (typeof sent['Id'] === 'string' ? sent['Id'] : null);
  if (id === null) throw fail.noUserKey(place.component.name);
  const row = writableRow(engine, place.component, id);
  if (row === null) return inserted(writing, place.component, sent);
  const isUpdated = updateRow(engine, place.component, { row, sent });
  const children = nested(engine, place.component, { id, sent });
  const record = recordOf(writing, place.component, { ...sent, ...children, Id: id });
  return { record, hasChanged: isUpdated || Object.keys(children).length > 0 };
}

function inserted(writing: Writing, component: Component, sent: Sent): Written {
  const id = insertRow(writing.engine, component, changesFrom(writing.engine, component, sent));
  const children = nested(writing.engine, component, { id, sent });
  return { record: recordOf(writing, component, { ...sent, ...children, Id: id }), hasChanged: true };
}

/** The child records a body carries inside. */
function nested(
  engine: Engine,
  component: Component,
  { id, sent }: Readonly<{ id: string; sent: Sent }>,
): Readonly<Record<string, readonly Sent[]>> {
  const { children } = changesFrom(engine, component, sent);
  return Object.fromEntries(
    children.map((one) => {
      const write = { child: one.child, parentId: id, parentComponent: component.name };
      return [one.child.name, one.sent.map((far) => putChild(engine, write, far))];
    }),
  );
}

/** The answer echoes what was sent with the id; what the server set (`Updated`, `Mod Id`) must be read. */
function recordOf({ url, places }: Writing, component: Component, record: Sent): Sent {
  const collection = places[0]?.id == null ? url : url.slice(0, url.lastIndexOf('/'));
  const href = `${collection}/${encodeURIComponent(textOr(record['Id'], ''))}`;
  return { ...record, Link: { rel: 'self', href, name: component.name } };
}

/** The row a write may reach. */
function writableRow(engine: Engine, component: Component, id: string): Row | null {
  const mode = engine.world.switches.isOn('siebel.writesNeedSalesRep') ? 'Sales Rep' : 'All';
  return visibleRow(engine, { component, id, mode });
}

function deleteAnswer(writing: Writing, place: Place): WireAnswer {
  const { engine } = writing;
  if (place.id !== null) {
    if (writableRow(engine, place.component, place.id) === null) throw fail.noData();
    deleteRow(engine, place.component, place.id);
    return { status: 200, body: {} };
  }
  for (const sent of recordsFrom(writing.body)) {
    const id = textOr(sent['Id'], '');
    if (writableRow(engine, place.component, id) === null) throw fail.noRows(place.component.name);
    const children = place.component.children.filter((child) => sent[child.name] !== undefined);
    for (const child of children) {
      const write = { child, parentId: id, parentComponent: place.component.name };
      for (const far of recordsFrom(sent[child.name])) {
        if (!deleteChild(engine, write, textOr(far['Id'], ''))) throw fail.noRows(child.name);
      }
    }
    if (children.length === 0) deleteRow(engine, place.component, id);
  }
  return { status: 200, body: null };
}

function childAnswer(writing: Writing): WireAnswer {
  const { engine, method, places } = writing;
  const place = places.at(-1);
  const write = childWriteOf(engine, places);
  if (!place?.child) throw fail.noResource();
  if (method === 'DELETE') {
    const ids =
      place.id === null ? recordsFrom(writing.body).map((sent) => textOr(sent['Id'], '')) : [place.id];
    if (!ids.every((id) => deleteChild(engine, write, id))) throw fail.noData();
    return { status: 200, body: { items: { Id: write.parentId, operation: 'skipnode' } } };
  }
  const sent = childRecordsFrom(place, writing.body);
  if (sent.length > mostRecords) throw fail.tooManyRecords(mostRecords);
  if (method === 'POST') refuseLinked(engine, write, sent);
  const records = sent.map((one) =>
    putChild(engine, write, place.id === null ? one : { ...one, Id: place.id }),
  );
  const collection = place.id === null ? writing.url : writing.url.slice(0, writing.url.lastIndexOf('/'));
  const linked = records.map((record) => ({
    ...record,
    Link: {
      rel: 'self',
      href: `${collection}/${encodeURIComponent(textOr(record['Id'], ''))}`,
      name: place.child?.name,
    },
  }));
  // The parent with the written children inside, as clients of a live Siebel read it.
  const parent = {
    Id: write.parentId,
    [place.child.name]: writing.isUniform || linked.length !== 1 ? linked : linked[0],
  };
  return { status: 200, body: { items: writing.isUniform ? [parent] : parent } };
}

/** The parent named by the address, every step of which must hold. */
function childWriteOf(engine: Engine, places: readonly Place[]): ChildWrite {
  const place = places.at(-1);
  const above = places.slice(0, -1);
  for (const [at, step] of above.entries()) {
    if (step.id === null || writableRow(engine, step.component, step.id) === null) throw fail.noData();
    const upper = above[at - 1];
    if (step.child && upper?.id && !farIds(engine.store, step.child, upper.id).has(step.id))
      throw fail.noData();
  }
  const parent = above.at(-1);
  if (!place?.child || !parent?.id) throw fail.noResource();
  return { child: place.child, parentId: parent.id, parentComponent: parent.component.name };
}

/** One child as its fields, or several as `{"<child>": [...]}`. */
function childRecordsFrom(place: Place, body: unknown): readonly Sent[] {
  if (Array.isArray(body)) return recordsFrom(body);
  const [sent] = recordsFrom(body);
  const inside = place.child === null ? undefined : sent?.[place.child.name];
  if (typeof inside === 'object' && inside !== null) return recordsFrom(inside);
  return sent === undefined ? [] : [sent];
}

function refuseLinked(engine: Engine, { child, parentId }: ChildWrite, sent: readonly Sent[]): void {
  const ids = farIds(engine.store, child, parentId);
  const known = sent.find((one) => ids.has(textOr(one['Id'], '')));
  if (known !== undefined) throw fail.matchExists(child.name, textOr(known['Id'], ''));
}
