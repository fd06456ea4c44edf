import type { Ref } from '../../core/snapshot.ts';
import type { Failure, Look, ReadRequest } from '../connector.ts';
import { refOf } from './names.ts';
import { list } from './listing.ts';
import { chunked, hasId, isCaller, isRowId } from './search-spec.ts';
import { seesAll, type Siebel } from './siebel.ts';
import { sightingOf, wholeQuery, type Listed, type Whole } from './sightings.ts';
import { valueOf, type Row } from './wire.ts';

/**
 * Records by ref, some eighty to a request, under the widest view mode. Before a record counts as deleted it is looked for
 * a second time, and where nothing at all was found Siebel must show that it still knows us: wrong credentials may quietly
 * run as a guest who sees nothing (facts/siebel-rest.md 4).
 */
export async function read(siebel: Siebel, requests: readonly ReadRequest[]): Promise<readonly Look[]> {
  const refs = [...new Set(requests.map(({ ref }) => ref))];
  const [contacts, employees] = await Promise.all([
    looksAt(siebel, 'Contact', idsAmong(refs, 'Contact')),
    looksAt(siebel, 'Employee', idsAmong(refs, 'Employee')),
  ]);
  return requests.map(({ ref }) => contacts.get(ref) ?? employees.get(ref) ?? hidden);
}

export type RowsRead = ReadonlyMap<string, Row | Failure>;

/** Whole rows by id; ids without an entry were not found. A failing request is a failure for its ids alone. */
export async function readRows(siebel: Siebel, component: Whole, ids: readonly string[]): Promise<RowsRead> {
  const found = new Map<string, Row | Failure>();
  const field = siebel.field('Id');
  const chunks = chunked([...new Set(ids)], (id) => hasId(field, id), { most: siebel.settings.pageSize });
  await Promise.all(
    chunks.map(async ({ of, spec }) => {
      const page = await list(siebel, wholeQuery(siebel, component, spec));
      if (page.answer === 'failed') for (const id of of) found.set(id, page.failure);
      else for (const row of page.rows) found.set(row.id, row);
    }),
  );
  return found;
}

async function looksAt(
  siebel: Siebel,
  component: Listed,
  ids: readonly string[],
): Promise<ReadonlyMap<Ref, Look>> {
  const rows = await readRows(siebel, component, ids);
  const lost = ids.filter((id) => !rows.has(id));
  const absences = lost.length === 0 ? new Map<string, Look>() : await absencesOf(siebel, component, lost);
  const looks = ids.map(
    (id) => [refOf(component, id), lookAt(rows.get(id)) ?? absences.get(id) ?? hidden] as const,
  );
  return new Map(looks);

  function lookAt(row: Row | Failure | undefined): Look | null {
    if (row === undefined) return null;
    if ('kind' in row) return { look: 'failed', failure: row };
    return { look: 'found', sighting: sightingOf(siebel, component, row) };
  }
}

const hidden: Look = { look: 'missing', why: 'outOfReach' };
const deleted: Look = { look: 'missing', why: 'deleted' };

/** A handful is asked for one by one, which no damaged listing can falsify. */
const handful = 10;

/** What to think of records that a read did not show. */
export async function absencesOf(
  siebel: Siebel,
  component: Whole,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Look>> {
  if (!seesAll(siebel.settings.viewModes[component])) return new Map(ids.map((id) => [id, hidden]));
  const [stranger, again] = await Promise.all([
    strangerFailure(siebel),
    ids.length <= handful ? readSingly(siebel, component, ids) : readRows(siebel, component, ids),
  ]);
  return new Map(
    ids.map((id) => {
      const row = again.get(id);
      if (stranger !== null) return [id, { look: 'failed', failure: stranger }];
      if (row === undefined) return [id, deleted];
      return [id, 'kind' in row ? { look: 'failed', failure: row } : { look: 'failed', failure: cameBack }];
    }),
  );
}

async function readSingly(siebel: Siebel, component: Whole, ids: readonly string[]): Promise<RowsRead> {
  const found = new Map<string, Row | Failure>();
  await Promise.all(
    ids.map(async (id) => {
      const parameters = { ViewMode: siebel.settings.viewModes[component], fields: 'Id', childlinks: 'None' };
      const answer = await siebel.client.list([component, component, id], parameters);
      const row = answer.answer === 'rows' ? answer.rows[0] : answer.failure;
      if (row !== undefined) found.set(id, row);
    }),
  );
  return found;
}

/** Why what Siebel shows proves nothing; `null` when it knows us, or sees contacts, which a guest does not. */
export async function strangerFailure(siebel: Siebel): Promise<Failure | null> {
  const { auth } = siebel.settings;
  const login = siebel.field('Login Name');
  const query = { sort: null, children: {}, offset: 0, size: 1, withTotal: false };
  const self = await list(siebel, {
    ...query,
    component: 'Employee',
    spec: isCaller(login),
    fields: ['Id', 'Login Name'],
  });
  const name =
    self.answer === 'rows' && self.rows[0] !== undefined ? valueOf(self.rows[0], 'Login Name') : null;
  if (name !== null && (auth.scheme !== 'basic' || name.toUpperCase() === auth.user.toUpperCase()))
    return null;
  const any = await list(siebel, { ...query, component: 'Contact', spec: null, fields: ['Id'] });
  if (any.answer === 'failed') return any.failure;
  return any.rows.length > 0 ? null : guest;
}

function idsAmong(refs: readonly Ref[], component: Listed): readonly string[] {
  return refs
    .filter((ref) => ref.startsWith(`${component}/`))
    .map((ref) => ref.slice(component.length + 1))
    .filter(isRowId);
}

const guest: Failure = {
  kind: 'unauthorized',
  reach: 'side',
  reason:
    'Siebel does not know the service account and shows nothing; check SIEBEL_USER and anonymous access.',
  retryAfterMs: null,
};

const cameBack: Failure = {
  kind: 'unreachable',
  reach: 'item',
  reason: 'Siebel showed the record only at the second look; it is asked again later.',
  retryAfterMs: null,
};
