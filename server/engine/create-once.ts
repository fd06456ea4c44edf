import { domainOfKind } from '../../shared/item.ts';
import type { Connector, CreateRequest, WriteAnswer } from '../connectors/connector.ts';
import type { Engine } from './engine.ts';
import { leaseMs } from './lease.ts';

/** What is to be created, and when the fence was last looked at. */
type Creating = Readonly<{ requests: readonly CreateRequest[]; fencedAt: Temporal.Instant }>;

/**
 * Creates, unless the lease has run out since the look at the fence: another worker may be at it. A worker that slept in the
 * very moment of sending may have made what another had made meanwhile; both carry one stamp, and this worker's, of which
 * nobody knows yet, is taken away again.
 */
export async function createOnce(
  engine: Engine,
  connector: Connector,
  { requests, fencedAt }: Creating,
): Promise<readonly WriteAnswer[]> {
  if (requests.length > 0 && hasOverslept(engine, fencedAt))
    return requests.map(() => ({ outcome: 'stale' }));
  const answers = await connector.create(requests);
  return hasOverslept(engine, fencedAt) ? withoutTwins(connector, requests, answers) : answers;
}

function hasOverslept({ clock }: Engine, fencedAt: Temporal.Instant): boolean {
  return clock.now().since(fencedAt).total('milliseconds') >= leaseMs;
}

async function withoutTwins(
  connector: Connector,
  requests: readonly CreateRequest[],
  answers: readonly WriteAnswer[],
): Promise<readonly WriteAnswer[]> {
  const made = requests.flatMap((request, index) => {
    const answer = answers[index];
    return answer?.outcome === 'done' && answer.now ? [{ index, request, now: answer.now }] : [];
  });
  if (made.length === 0) return answers;
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
