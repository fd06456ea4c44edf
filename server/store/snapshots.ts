import { hash } from 'node:crypto';
import type { Item } from '../core/snapshot.ts';

/** One content, one name: equal items have equal hashes, whatever the order of their keys. */
export function hashOf(item: Item): string {
  return hash('sha256', JSON.stringify(canonical(item)), 'base64url');
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, canonical(inner)]));
}
