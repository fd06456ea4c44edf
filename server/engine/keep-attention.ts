import { sentenceOf } from '../../shared/telling.ts';
import type { Reach } from '../core/step.ts';
import type { Db } from '../store/db.ts';
import { parkItems, unparkItems, type ParkedItem } from '../store/parked.ts';
import { savePersonNews } from '../store/people-at-work.ts';
import { askConflicts, withdrawConflicts } from '../store/save-turns.ts';
import type { Holding } from './carry-out-exchange.ts';
import type { Engine } from './engine.ts';
import { labelOf } from './journal.ts';
import type { LinkTurn, RecordTurn } from './turn-state.ts';

/** Keeps what people are to see to: parked items, open questions, mailboxes that do not answer; and ends what is over. */
export async function keepAttention(engine: Engine, db: Db, all: readonly Holding[]): Promise<void> {
  const at = engine.clock.now().toString();
  await parkItems(
    db,
    all.flatMap(({ turn, link }) => parkedItem(engine, turn, link)),
  );
  const well = all
    .filter(({ link }) => link.end.end === 'settled' || link.end.end === 'closed')
    .map(({ link }) => link.row.id);
  await unparkItems(db, well, at);
  const asked = all.filter(({ link }) => link.conflicts.some((conflict) => conflict.winner === null));
  await withdrawConflicts(
    db,
    well.filter((id) => !asked.some(({ link }) => link.row.id === id)),
  );
  await askConflicts(
    db,
    asked.map(({ turn, link }) => ({
      id: engine.newId(),
      domain: link.row.domain,
      personId: link.row.person_id,
      recordId: turn.record.id,
      linkId: link.row.id,
      exchangeRef: link.row.ref,
      label: labelOf(link),
      fields: link.conflicts.filter((conflict) => conflict.winner === null),
      at,
    })),
  );
  await keepMailboxTrouble(
    engine,
    db,
    all.map(({ link }) => link),
  );
}

function parkedItem(engine: Engine, turn: RecordTurn, { row, end }: LinkTurn): ParkedItem[] {
  if (end.end !== 'parked') return [];
  const item = row.ref ?? turn.record.ref;
  const at = engine.clock.now().toString();
  const ids = { id: engine.newId(), personId: row.person_id, recordId: turn.record.id, linkId: row.id };
  return [{ ...ids, domain: row.domain, item, reason: sentenceOf(end.reasons), at }];
}

/** A mailbox that is out of reach, or all of Exchange; what Siebel answers says nothing about the mailbox. */
function isOfMailbox({ look }: LinkTurn, reach: Reach): boolean {
  return reach === 'mailbox' || (reach === 'side' && look?.look === 'failed');
}

/** A mailbox that answers nothing is left alone for a while, and its person can see until when. */
async function keepMailboxTrouble(engine: Engine, db: Db, links: readonly LinkTurn[]): Promise<void> {
  const troubled = new Map(
    links.flatMap((link) =>
      link.end.end === 'later' && isOfMailbox(link, link.end.reach)
        ? [[link.row.person_id, link.end] as const]
        : [],
    ),
  );
  for (const [id, end] of troubled) {
    const retryAt =
      end.afterMs === null
        ? null
        : engine.clock
            .now()
            .add({ milliseconds: Math.ceil(end.afterMs) })
            .toString();
    await savePersonNews(db, {
      id,
      state: 'failing',
      error: sentenceOf(end.reasons),
      retryAt,
      lastSyncedAt: null,
      firstLoadedAt: null,
    });
  }
}
