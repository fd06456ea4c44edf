import type { Failure, Holder } from '../../connector.ts';
import type { GraphClient } from '../client.ts';
import { segment, type GraphRow } from '../wire.ts';
import { turnPages } from '../turn-pages.ts';

/** The task lists of a mailbox that are kept in step, the default one first. */
export type TaskLists = Readonly<{
  look: (mailbox: string) => Promise<readonly string[] | Failure>;
  /** Where new tasks go; looked up once, for nobody can delete or replace the default list. */
  defaultOf: (mailbox: string) => Promise<string | Failure>;
  /** After an answer that the list is not there: the mailbox may have been moved. */
  forget: (mailbox: string) => void;
}>;

const mostKept = 20_000;

export function createTaskLists(client: GraphClient): TaskLists {
  const defaults = new Map<string, string>();
  const underWay = new Map<string, ReturnType<TaskLists['look']>>();
  const lookUp = async (mailbox: string) => {
    const lists = await listsOf(client, mailbox);
    if ('kind' in lists) return lists;
    const [first] = lists;
    defaults.delete(mailbox);
    if (first !== undefined) defaults.set(mailbox, first);
    for (const [oldest] of defaults) {
      if (defaults.size <= mostKept) break;
      defaults.delete(oldest);
    }
    return lists;
  };
  /** Callers that ask for the same mailbox at the same time share one look. */
  const look = (mailbox: string) => {
    const running = underWay.get(mailbox) ?? lookUp(mailbox).finally(() => underWay.delete(mailbox));
    underWay.set(mailbox, running);
    return running;
  };
  return {
    look,
    defaultOf: async (mailbox) => {
      const known = defaults.get(mailbox);
      if (known !== undefined) return known;
      const lists = await look(mailbox);
      return 'kind' in lists ? lists : (lists[0] ?? noLists);
    },
    forget: (mailbox) => void defaults.delete(mailbox),
  };
}

/** Flagged e-mails show as tasks and are none of ours; nor are the lists that others share with the person. */
async function listsOf(client: GraphClient, mailbox: string): Promise<readonly string[] | Failure> {
  const path = `/users/${segment(mailbox)}/todo/lists?$top=100`;
  const lists = await turnPages(client, mailbox, { path });
  if (lists.answer === 'failed') return lists.failure;
  if (lists.answer === 'missing') return noLists;
  const own = lists.rows.filter((row) => isNamed(row, 'defaultList') || isOwn(row));
  return [...own.filter((row) => isNamed(row, 'defaultList')), ...own.filter(isOther)].map(({ id }) => id);
}

function isOwn(row: GraphRow): boolean {
  return row['isOwner'] !== false && !isNamed(row, 'flaggedEmails');
}

function isOther(row: GraphRow): boolean {
  return !isNamed(row, 'defaultList');
}

function isNamed(row: GraphRow, name: string): boolean {
  return row['wellknownListName'] === name;
}

const noLists: Failure = {
  kind: 'refused',
  reach: 'mailbox',
  reason: 'The mailbox has no task lists; check that its licence includes Microsoft To Do.',
  retryAfterMs: null,
};

export async function feeds(lists: TaskLists, holder: Holder): Promise<readonly string[] | Failure> {
  return lists.look(holder.userId);
}
