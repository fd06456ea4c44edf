import pg from 'pg';

/** A standing ear for `pg_notify('cue', …)`: a hint that shortens the wait, never the only way to learn of work. */
export async function listenForCues(
  databaseUrl: string,
  onCue: () => void,
): Promise<{ close: () => Promise<void> }> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'siebel-sync listen' });
  // Losing the ear costs a second of latency at most: the worker also looks by itself.
  client.on('error', () => undefined);
  client.on('notification', onCue);
  await client.connect();
  await client.query('listen cue');
  return { close: () => client.end() };
}
