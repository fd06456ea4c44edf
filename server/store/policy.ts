import { defaultPolicy, type Policy } from '../../shared/policy.ts';
import { completePolicy } from './complete-policy.ts';
import type { Db } from './db.ts';

export type PolicyVersion = Readonly<{ version: number; document: Policy }>;

/** The policy in force: the last one saved, completed by what newer releases added; version 0 is the shipped one. */
export async function currentPolicy(db: Db): Promise<PolicyVersion> {
  const row = await db
    .selectFrom('policy')
    .select(['version', 'document'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return { version: 0, document: defaultPolicy };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked before it was saved; completing adds only defaults
  return { version: row.version, document: completePolicy(row.document) as Policy };
}

export type NewPolicy = Readonly<{ document: Policy; at: Temporal.Instant; by: string }>;

/** Keeps a new version; the old ones stay, so that a decision of the past can be explained. */
export async function savePolicy(db: Db, policy: NewPolicy): Promise<number> {
  const row = await db
    .insertInto('policy')
    .values({ document: JSON.stringify(policy.document), at: policy.at.toString(), by: policy.by })
    .returning('version')
    .executeTakeFirstOrThrow();
  return row.version;
}
