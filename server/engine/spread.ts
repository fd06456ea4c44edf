import { isFor } from '../core/selection.ts';
import { listingsOf } from '../store/lists.ts';
import type { NewLink } from '../store/open-links.ts';
import { peopleByLogin } from '../store/people-at-work.ts';
import { beginActivities } from './begin-activities.ts';
import type { Engine } from './engine.ts';
import { sameLogin } from './logins.ts';
import { personOf, policyNow } from './people.ts';
import { siebelSighting, type RecordTurn } from './turn-state.ts';

/**
 * Links for the people an activity a turn wrote to Siebel is now for as well: they need not wait for the next poll to have it
 * in their calendar. Whoever has or had a Link to it is left to that; membership that Siebel's users change comes by the poll.
 */
export async function spread(
  engine: Engine,
  turns: readonly RecordTurn[],
): Promise<ReadonlyMap<RecordTurn, readonly NewLink[]>> {
  const written = turns.filter((turn) => turn.record.domain !== 'contact' && turn.answer?.outcome === 'done');
  const wanted = written.flatMap((turn) => newcomersOf(turn).map((login) => ({ turn, login })));
  if (wanted.length === 0) return new Map();
  const [rows, listings, policy] = await Promise.all([
    peopleByLogin(engine.db, [...new Set(wanted.map(({ login }) => login))]),
    listingsOf(
      engine.db,
      written.flatMap((turn) => siebelSighting(turn)?.ref ?? []),
    ),
    policyNow(engine),
  ]);
  const byLogin = new Map([...rows.values()].map((row) => [sameLogin(row.siebel_login), row]));
  const known = new Set(listings.map(({ ref, person_id }) => `${ref} ${person_id}`));
  const opened = new Map<RecordTurn, NewLink[]>();
  for (const { turn, login } of wanted) {
    const row = byLogin.get(sameLogin(login));
    const sighting = siebelSighting(turn);
    const { domain } = turn.record;
    if (!row || !sighting || row.loaded[domain] === undefined) continue;
    if (known.has(`${sighting.ref} ${row.id}`)) continue;
    const person = personOf(engine, row, policy);
    const beginning = await beginActivities(engine, {
      person,
      domain,
      outlook: [],
      siebel: [sighting],
      isFirstLoad: false,
      occasion: 'siebel',
      wished: new Set(),
    });
    if (!('failed' in beginning)) opened.set(turn, [...(opened.get(turn) ?? []), ...beginning.links]);
  }
  return opened;
}

/** Members of the activity who have no Link in this turn. */
function newcomersOf(turn: RecordTurn): readonly string[] {
  const sighting = siebelSighting(turn);
  if (!sighting) return [];
  const linked = new Set(turn.links.map(({ person }) => sameLogin(person.holder.login)));
  return sighting.members.filter((login) => isFor(sighting, login) && !linked.has(sameLogin(login)));
}
