import { peopleWithState, statusOf } from '../store/status.ts';
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
  }));
  terminal.json({ quiet, cues, people });
  terminal.line(
    `${quiet ? 'Everything is in step.' : 'There is work to do.'} Due ${cues.due}, running ${cues.running}, waiting ${cues.waiting}, parked ${cues.parked}.`,
  );
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
