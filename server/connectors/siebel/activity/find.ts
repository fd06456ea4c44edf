import type { Failure, FindAnswer, FindRequest, Sighting } from '../../connector.ts';
import { listAll } from '../listing.ts';
import { stampFrom } from '../names.ts';
import { chunked, equals, some, startsWith, type Spec } from '../search-spec.ts';
import type { Siebel } from '../siebel.ts';
import { wholeQuery } from '../sightings.ts';
import { activityNames } from './activity-map.ts';
import { recordsFrom } from './gather.ts';
import { beginningOf, keyOfStamp } from './series-key.ts';
import { sightingsOf } from './sighting.ts';

type ByStamp = Extract<FindRequest, { by: 'stamp' }>;

/** Activities by our stamp; a fanned series by the part of it that is its key. */
export async function findByStamp(
  siebel: Siebel,
  requests: readonly ByStamp[],
): Promise<readonly FindAnswer[]> {
  const answers = new Map<ByStamp, FindAnswer>();
  const field = siebel.field(activityNames.stamp);
  const specOf = ({ stamp }: ByStamp) =>
    some([equals(field, stamp), startsWith(field, beginningOf('anchor', keyOfStamp(stamp)))]);
  const asked = requests.filter(({ stamp }) => stamp !== '');
  await Promise.all(
    chunked(asked, specOf).map(async ({ of, spec }) => {
      const found = await foundBy(siebel, spec);
      for (const request of of) {
        if ('kind' in found) answers.set(request, { answer: 'failed', failure: found });
        else answers.set(request, { answer: 'found', sightings: ownOf(request, found) });
      }
    }),
  );
  return requests.map((request) => answers.get(request) ?? { answer: 'found', sightings: [] });
}

async function foundBy(siebel: Siebel, spec: Spec): Promise<readonly Sighting[] | Failure> {
  const listing = await listAll(siebel, wholeQuery(siebel, 'Action', spec));
  if (listing.answer === 'failed') return listing.failure;
  const records = await recordsFrom(siebel, listing.rows);
  return 'kind' in records ? records : sightingsOf(siebel, records);
}

/** The activities of a series carry its key and not the whole stamp, which the sighting gets back. */
function ownOf({ stamp, domain }: ByStamp, found: readonly Sighting[]): readonly Sighting[] {
  const series = `Series/${keyOfStamp(stamp)}`;
  return found
    .filter((one) => one.kind === domain && (one.stamp === stamp || one.ref === series))
    .map((one) => ({ ...one, stamp: stampFrom(stamp) }));
}
