import type { ItemSummary, JournalRow } from '../../shared/api.ts';
import type { Contact } from '../../shared/contact.ts';
import type { Domain } from '../../shared/domain.ts';
import type { Holder, Sighting } from '../connectors/connector.ts';
import type { ItemRow } from '../store/items-view.ts';
import type { JournalEntryRow } from '../store/journal-view.ts';
import type { QuestionRow } from '../store/questions-view.ts';
import { problem } from './problem.ts';

/** Why a Link was closed, in words for its person; the keys are the engine's. */
const closedBecause: Readonly<Record<string, string>> = {
  private: 'You made it private in Outlook; private items stay there.',
  deletedInOutlook: 'It was deleted in Outlook.',
  unmarked: 'You stopped syncing it.',
  categoryRemoved: 'Its Siebel category was taken off in Outlook.',
  outOfReach: 'It is out of reach of your sign-in in Siebel or of your mailbox.',
  deletedInSiebel: 'It was deleted in Siebel.',
  leftSyncList: 'You were taken off its Sync List in Siebel.',
  leftTeam: 'You are not on its team in Siebel any more.',
  rejected: 'An administrator decided that it is not to be carried over.',
};

/** A linked item as lists show it; `live` is the Outlook copy where it has just been read. */
export function linkedItem(row: ItemRow, holder: Holder, live: Sighting | null): ItemSummary {
  const contact = live?.item ?? row.exchange ?? row.siebel;
  return {
    domain: row.domain,
    itemId: row.ref,
    kind: row.kind,
    ...headOf(contact),
    state: row.state,
    why: whyOf(row),
    categories: [...categoriesShown(contact, row.is_open ? markOf(row.kind, holder) : null)],
    siebelId: siebelIdOf(row.siebel_ref),
    lastSyncedAt: row.settled_at,
  };
}

/** An Outlook item that no Link leads to. */
export function unlinkedItem(sighting: Sighting, holder: Holder, question: QuestionRow | null): ItemSummary {
  return {
    domain: 'contact',
    itemId: sighting.ref,
    kind: null,
    ...headOf(sighting.item),
    state: question ? 'asking' : 'off',
    why: question
      ? 'Several records in Siebel could be this contact; tell which one it is.'
      : whyUnlinked(sighting, holder),
    categories: [...categoriesShown(sighting.item, sighting.isMarked ? markOf(sighting.kind, holder) : null)],
    siebelId: null,
    lastSyncedAt: null,
  };
}

export function journalRow(row: JournalEntryRow): JournalRow {
  return {
    id: row.id,
    at: row.at,
    mailbox: row.mailbox,
    domain: row.domain,
    item: row.exchange_ref ?? siebelIdOf(row.siebel_ref),
    siebelId: siebelIdOf(row.siebel_ref),
    cause: row.cause,
    verdict: row.verdict,
    step: row.step,
    why: row.why,
    before: row.before && { ...row.before },
    after: row.after && { ...row.after },
    lost: [...row.lost],
  };
}

/** The row id within a ref such as `Contact/1-ABC`. */
export function siebelIdOf(ref: string | null): string | null {
  return ref === null ? null : ref.slice(ref.indexOf('/') + 1);
}

/** This version keeps contacts in step; the addresses of the others are reserved. */
export function checkOffered(domain: Domain): void {
  if (domain === 'contact') return;
  throw problem('domain-not-offered', `This version keeps contacts in step, no ${domain}s yet.`);
}

function whyOf(row: ItemRow): string | null {
  if (row.parked_reason !== null) return row.parked_reason;
  if (row.state === 'off') return closedBecause[row.closed_why ?? ''] ?? row.why;
  if (row.wish === 'mark') return 'You marked it; it is on its way.';
  if (row.wish === 'unmark') return 'You stopped syncing it; that is on its way.';
  return row.why;
}

function whyUnlinked({ isMarked, item }: Sighting, { marks }: Holder): string {
  if (isMarked) return 'It has its category and is looked at next.';
  if (item.isPrivate) return 'It is private, and private items stay in Outlook.';
  return `It lacks the category "${marks.write}".`;
}

function markOf(kind: ItemRow['kind'], { marks }: Holder): string {
  return kind === 'employee' ? marks.employee : marks.write;
}

function categoriesShown(contact: Contact | null, mark: string | null): readonly string[] {
  const own = contact?.categories ?? [];
  return mark === null ? own : [mark, ...own];
}

function headOf(contact: Contact | null): { label: string; detail: string | null } {
  const name = [contact?.firstName, contact?.lastName].filter(Boolean).join(' ');
  const label = name || contact?.company || contact?.email1 || '(no name)';
  const detail = [contact?.company, contact?.email1].find((part) => part && part !== label);
  return { label, detail: detail ?? null };
}
