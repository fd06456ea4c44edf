import { domains, type Domain } from '../../shared/domain.ts';
import type { PersonRow } from '../store/people-at-work.ts';
import { linkedByDomain, peopleWithState, statusOf } from '../store/status.ts';
import type { Command } from './command.ts';
import { table } from './terminal.ts';

/** `status`: whether everything is in step, what is left to do, and how everybody is. */
export const status: Command = async ({ context, terminal }) => {
  const { quiet, cues } = await statusOf(context.db, { now: context.clock.now(), personId: null });
  const people = (await peopleWithState(context.db)).map((row) => ({
    mailbox: row.mailbox,
    siebelLogin: row.siebel_login,
    state: row.state,
    lastSyncedAt: row.last_synced_at,
    retryAt: row.retry_at,
    error: row.error,
    loaded: row.loaded,
    skipped: row.skipped,
  }));
  const linked = await linkedByDomain(context.db);
  const counted = domains.map((domain) => ({
    domain,
    linked: linked.get(domain) ?? 0,
    loaded: people.filter(({ loaded }) => loaded[domain] !== undefined).length,
    skipped: skippedIn(people, domain),
  }));
  terminal.json({ quiet, cues, domains: counted, people });
  terminal.line(
    `${quiet ? 'Everything is in step.' : 'There is work to do.'} Due ${cues.due}, running ${cues.running}, waiting ${cues.waiting}, parked ${cues.parked}.`,
  );
  const sums = counted.map((one) => [
    `${one.domain}s`,
    String(one.linked),
    `${one.loaded} of ${people.length}`,
    Object.entries(one.skipped)
      .map(([why, count]) => `${reasons[why] ?? why} ${count}`)
      .join(', '),
  ]);
  terminal.line(table([['', 'kept in step', 'people loaded', 'left alone at first load'], ...sums]));
  const rows = people.map((one) => [
    one.mailbox,
    one.siebelLogin,
    one.state,
    one.lastSyncedAt ?? 'never',
    one.error ?? '',
  ]);
  terminal.line(table([['mailbox', 'Siebel login', 'state', 'last synced', 'trouble'], ...rows]));
  return 0;
};

/** What the engine's reasons for leaving an item alone are called in a line of a table. */
const reasons: Readonly<Record<string, string>> = {
  private: 'private',
  uncategorised: 'without their category',
  outsideWindow: 'outside the time',
  cancelled: 'cancelled',
  organizerBrings: "in a colleague's calendar",
  externalOrganizer: 'of outside organizers',
  noActivityType: 'without an activity type',
};

function skippedIn(
  people: readonly Pick<PersonRow, 'skipped'>[],
  domain: Domain,
): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { skipped } of people)
    for (const [why, count] of Object.entries(skipped[domain] ?? {})) sums[why] = (sums[why] ?? 0) + count;
  return sums;
}
