import type { Failure } from '../connector.ts';
import type { GraphClient } from './client.ts';
import { failureFrom } from './errors.ts';
import type { GraphAnswer } from './packer.ts';
import type { Proofs } from './read-rows.ts';
import { deleted, outOfReach, type RowRequest } from './row-look.ts';
import { pageFrom, segment } from './wire.ts';

const pageSize = 500;
/** Whoever keeps more deleted contacts than that gets no proof, and nothing is removed for them. */
const mostPages = 20;

/**
 * What became of contacts whose ids lead to nothing. That is no proof of a deletion: a contact that went to the archive has
 * another id there.
 */
export async function proofsOf(client: GraphClient, gone: readonly RowRequest[]): Promise<Proofs> {
  const byMailbox = [...Map.groupBy(gone, ({ holder }) => holder.userId)];
  const answers = byMailbox.map(async ([mailbox, requests]) => {
    const refs = new Set(requests.map(({ ref }) => ref));
    return [mailbox, await deletedAmong(client, mailbox, refs)] as const;
  });
  const proofs = new Map(await Promise.all(answers));
  return (mailbox, ref) => {
    const known = proofs.get(mailbox);
    if (known === undefined) return outOfReach;
    if ('kind' in known) return { look: 'failed', failure: known };
    return known.has(ref) ? deleted : outOfReach;
  };
}

/**
 * Which of these contacts lie in Deleted Items. Deleting moves a contact there under the same immutable id
 * (facts/graph.md 4.2 and 7), whether or not that id leads to it; moving it to the archive does not.
 */
async function deletedAmong(
  client: GraphClient,
  mailbox: string,
  refs: ReadonlySet<string>,
): Promise<ReadonlySet<string> | Failure> {
  const found = new Set<string>();
  let path: string | null =
    `/users/${segment(mailbox)}/contactFolders/deleteditems/contacts?$top=${pageSize}&$select=id`;
  for (let pages = 0; path !== null && pages < mostPages; pages += 1) {
    const answer: GraphAnswer = await client.request({ mailbox, method: 'GET', path });
    if (answer.answer === 'failed') return answer.failure;
    const page = answer.status === 200 ? pageFrom(answer.body) : null;
    if (page === null) {
      const failure = failureFrom(answer, client.nowMs());
      // Where the service does not show Deleted Items there is no proof, and nothing is removed.
      return failure.kind === 'refused' ? found : failure;
    }
    for (const { id } of page.rows) if (refs.has(id)) found.add(id);
    path =
      page.nextLink === null || found.size === refs.size ? null : client.pathFromLink(page.nextLink, mailbox);
  }
  return found;
}
