import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Problem } from '../../shared/api.ts';
import { JournalList } from '../../shared/api-items.ts';
import { JournalQuery } from '../../shared/api-admin.ts';
import type { Context } from '../context.ts';
import { holderFor } from '../holder.ts';
import { siebelRefs, taskRefs } from '../store/items-view.ts';
import { listJournal } from '../store/journal-view.ts';
import type { PersonRow } from '../store/people-at-work.ts';
import { personByMailbox } from '../store/people.ts';
import { currentPolicy } from '../store/policy.ts';
import { openedCursor, pageSize, sealedCursor } from './cursor.ts';
import { journalRow } from './item-view.ts';
import { signedIn } from './openapi.ts';
import { problem } from './problem.ts';

/** `GET /admin/journal`: what was done, the newest first. */
export function journalRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/journal',
      {
        schema: { ...signedIn, querystring: JournalQuery, response: { 200: JournalList, default: Problem } },
      },
      async (request) => {
        const { mailbox, domain = null, item, since, after, limit = pageSize } = request.query;
        const person = mailbox === undefined ? null : await personByMailbox(context.db, mailbox);
        // Somebody who is not on the map has done nothing; that is no mistake of the question.
        if (mailbox !== undefined && person === null) return { items: [], next: null };
        const page = await listJournal(context.db, {
          personId: person?.id ?? null,
          domain,
          recordId: null,
          refs: item === undefined ? null : await refsNamed(context, person, item),
          since: since === undefined ? null : instantFrom(since),
          after: numberFrom(openedCursor(after)),
          limit,
        });
        return { items: page.items.map(journalRow), next: sealedCursor(page.next) };
      },
    );
  };
}

/** The refs an operator may mean: a Siebel row id, or an Outlook id, which is mutable in the hands of add-ins. */
async function refsNamed(
  context: Context,
  person: PersonRow | null,
  item: string,
): Promise<readonly string[]> {
  const tasks = await taskRefs(context.db, { personId: person?.id ?? null, ids: [item] });
  const refs = [...siebelRefs(item), ...tasks.values()];
  if (person === null || item.length < 40) return refs;
  const holder = holderFor(person, (await currentPolicy(context.db)).document);
  // An occurrence of a series leads to the series; of a contact's id both answers are the same.
  const ids = await context.exchange.immutableIds(holder, 'appointment', [item]);
  // A mailbox that cannot be asked is no reason to withhold what the journal says under the id as given.
  return 'kind' in ids ? refs : [...refs, ...ids];
}

function instantFrom(since: string): Temporal.Instant {
  try {
    return Temporal.Instant.from(/^\d{4}-\d\d-\d\d$/.test(since) ? `${since}T00:00Z` : since);
  } catch {
    throw problem('invalid-request', `"since" is no instant; write it like 2030-01-31T12:00:00Z.`, {
      errors: [{ pointer: '/since', message: 'must be an ISO 8601 instant' }],
    });
  }
}

function numberFrom(cursor: string | null): string | null {
  if (cursor === null || /^\d{1,18}$/.test(cursor)) return cursor;
  throw problem('invalid-cursor', 'Send as "after" what the page before gave as "next".');
}
