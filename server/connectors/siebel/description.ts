import type { Failure } from '../connector.ts';
import type { SiebelClient } from './client.ts';
import { describedFields, type Described } from './describe.ts';
import type { Component, SiebelSettings } from './settings.ts';

export type DescribedFields = ReadonlyMap<string, Described>;

/** What this Siebel says of the fields of a component. */
export type Description = Readonly<{
  /** As once learned; Siebel is asked when somebody first wants to know. */
  known: () => Promise<DescribedFields | Failure>;
  /** Asked anew, for a field that may have been added since. */
  fresh: () => Promise<DescribedFields | Failure>;
}>;

/** A Siebel that does not describe itself is not asked at every write. */
const restMs = 10 * 60_000;

export function createDescription(
  client: SiebelClient,
  component: Component,
  { clock }: Pick<SiebelSettings, 'clock'>,
): Description {
  let learned: Promise<DescribedFields | Failure> | null = null;
  let failedAt: Temporal.Instant | null = null;
  const ask = async () => {
    const answer = await client.describe([component, component]);
    failedAt = 'kind' in answer ? clock.now() : null;
    return 'kind' in answer ? answer : describedFields(answer.json);
  };
  const isRested = () => failedAt !== null && clock.now().since(failedAt).total('milliseconds') >= restMs;
  return {
    known: () => {
      if (learned === null || isRested()) learned = ask();
      return learned;
    },
    fresh: async () => {
      const answer = await ask();
      if (!('kind' in answer)) learned = Promise.resolve(answer);
      return answer;
    },
  };
}
