import { domainOfKind } from '../../shared/item.ts';
import type { Connector, CreateRequest, WriteAnswer } from '../connectors/connector.ts';
import type { Engine } from './engine.ts';
import { leaseMs } from './lease.ts';

/** Creates with their answers, and when the fence was looked at before they were sent. */
type Created = Readonly<{
  requests: readonly CreateRequest[];
  answers: readonly WriteAnswer[];
  fencedAt: Temporal.Instant;
}>;

/**
 * A worker that slept a whole lease between its look at the fence and a create may have made what another worker had made
 * meanwhile. Both carry one stamp: this worker's, of which nobody knows yet, is taken away again.
 */
export async function withoutTwins(
  engine: Engine,
  connector: Connector,
  { requests, answers, fencedAt }: Created,
): Promise<readonly WriteAnswer[]> {
  const made = requests.flatMap((request, index) => {
    const answer = answers[index];
    return answer?.outcome === 'done' && answer.now ? [{ index, request, now: answer.now }] : [];
  });
  const hasOverslept = engine.clock.now().since(fencedAt).total('milliseconds') >= leaseMs;
  if (!hasOverslept || made.length === 0) return answers;
  const found = await connector.find(
    made.map(({ request: { kind, holder, stamp } }) => ({
      by: 'stamp' as const,
      domain: domainOfKind[kind],
      holder,
      stamp,
    })),
  );
  const twins = made.filter(({ now }, index) => {
    const answer = found[index];
    return answer?.answer === 'found' && answer.sightings.some(({ ref }) => ref !== now.ref);
  });
  await connector.remove(
    twins.map(({ request: { kind, holder }, now: { ref, version } }) => ({
      domain: domainOfKind[kind],
      holder,
      ref,
      version,
      how: 'delete' as const,
    })),
  );
  const taken = new Set(twins.map(({ index }) => index));
  return answers.map((answer, index) => (taken.has(index) ? { outcome: 'stale' } : answer));
}
