import type { Engine } from './engine.ts';
import { canonicalInstant } from './values.ts';

/**
 * The system columns of a write. `Updated` is stamped in whole seconds before the commit, by one of several servers: the
 * switches let a row appear with an older stamp, or with one of a server whose clock runs ahead.
 */
export function stampFor({ world, session }: Engine): Readonly<Record<'Updated' | 'Updated By', string>> {
  const late = Number(world.switches.value('siebel.lateCommitSeconds'));
  const skew = Number(world.switches.value('siebel.clockSkewSeconds'));
  const ahead = skew !== 0 && world.nextNumber() % 2 === 0 ? skew : 0;
  const at = new Date(world.now().getTime() + (ahead - late) * 1000);
  return { Updated: canonicalInstant(at), 'Updated By': session.employeeId };
}
