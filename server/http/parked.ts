import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { IdParams, PageQuery, Problem } from '../../shared/api.ts';
import { ParkedDecided, ParkedList, type ParkedRow } from '../../shared/api-admin.ts';
import type { Context } from '../context.ts';
import { leaveCues, type NewCue } from '../store/cues.ts';
import type { Db } from '../store/db.ts';
import {
  decideBrake,
  heldRecordIds,
  listParked,
  parkedById,
  type ParkedItemRow,
} from '../store/parked-view.ts';
import { openedCursor, pageSize, sealedCursor } from './cursor.ts';
import { siebelIdOf } from './item-ids.ts';
import { signedIn } from './openapi.ts';
import { problem } from './problem.ts';

const decide = { ...signedIn, params: IdParams, response: { 202: ParkedDecided, default: Problem } };

/**
 * `GET /admin/parked`: what needs attention. `POST …/{id}/retry`: try again; for what a brake holds, let it go on.
 * `POST …/{id}/reject`: what a brake holds is not to happen.
 */
export function parkedRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/parked',
      { schema: { ...signedIn, querystring: PageQuery, response: { 200: ParkedList, default: Problem } } },
      async (request) => {
        const { after, limit = pageSize } = request.query;
        const page = await listParked(context.db, { after: openedCursor(after), limit });
        return { items: page.items.map(parkedView), next: sealedCursor(page.next) };
      },
    );
    app.post('/parked/:id/retry', { schema: decide }, async (request, reply) => {
      const row = await openRow(context.db, request.params.id);
      const status = row.kind === 'brake' ? ('approved' as const) : ('open' as const);
      await decided(context, row, status);
      return reply.code(202).send({ id: row.id, status });
    });
    app.post('/parked/:id/reject', { schema: decide }, async (request, reply) => {
      const row = await openRow(context.db, request.params.id);
      if (row.kind !== 'brake') {
        throw problem(
          'already-decided',
          'Nothing is held here that could be rejected; retry it, or change the item.',
        );
      }
      await decided(context, row, 'rejected');
      return reply.code(202).send({ id: row.id, status: 'rejected' });
    });
  };
}

async function openRow(db: Db, id: string): Promise<ParkedItemRow> {
  const row = await parkedById(db, id);
  if (row === null) throw problem('parked-not-found', 'Nothing is parked under this id.');
  if (row.status === 'open') return row;
  throw problem('already-decided', 'This has been decided or has resolved itself in between.');
}

async function decided(
  { db, clock }: Context,
  row: ParkedItemRow,
  status: 'open' | 'approved' | 'rejected',
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await leaveCues(trx, [cueFor(row), ...(await heldCues(trx, row))], clock.now());
    if (status !== 'open' && !(await decideBrake(trx, { brake: row, status, at: clock.now() }))) {
      throw problem('already-decided', 'Somebody decided this a moment ago.');
    }
  });
}

async function heldCues(db: Db, row: ParkedItemRow): Promise<readonly NewCue[]> {
  const recordIds = await heldRecordIds(db, row);
  return recordIds.map((recordId) => ({ kind: 'turn', personId: null, recordId, cause: 'retry' }));
}

function cueFor(row: ParkedItemRow): NewCue {
  if (row.record_id !== null)
    return { kind: 'turn', personId: null, recordId: row.record_id, cause: 'retry' };
  return row.person_id === null
    ? { kind: 'siebel', personId: null, recordId: null, cause: 'retry' }
    : { kind: 'mailbox', personId: row.person_id, recordId: null, cause: 'retry' };
}

function parkedView(row: ParkedItemRow): ParkedRow {
  const { id, kind, mailbox, domain, reason, since, what, planned, total } = row;
  // A task's ref begins with its list, a Siebel record's with what it is; Outlook's other ids hold no slash.
  const item = row.item?.includes('/') ? siebelIdOf(row.item) : row.item;
  return { id, kind, mailbox, domain, item, reason, since, what, planned, total };
}
