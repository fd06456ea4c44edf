import type { Me, Question } from '../../shared/api.ts';
import type { ItemSummary } from '../../shared/api-items.ts';
import { domains } from '../../shared/domain.ts';

const items = { inStep: 0, waiting: 0, asking: 0, attention: 0, held: 0, off: 0 };

export const me: Me = {
  mailbox: 'ana@example.com',
  siebelLogin: 'ANA',
  isAdmin: false,
  state: 'inStep',
  error: null,
  retryAt: null,
  lastSyncedAt: null,
  domains: domains.map((domain) => ({
    domain,
    level: 'full',
    category: `Siebel ${domain}`,
    employeeCategory: null,
    requireCategory: false,
    items,
    loadedAt: null,
    skipped: {},
  })),
};

export function summary(changes: Partial<ItemSummary>): ItemSummary {
  return {
    domain: 'contact',
    itemId: 'id',
    kind: 'business',
    label: 'Maria Lopez',
    detail: null,
    when: null,
    state: 'off',
    why: null,
    reasons: null,
    categories: [],
    siebelId: null,
    lastSyncedAt: null,
    ...changes,
  };
}

export function question(id: string, fields: readonly string[]): Question {
  return {
    id,
    kind: 'conflict',
    domain: 'contact',
    itemId: 'id',
    label: `Question ${id}`,
    fields: fields.map((field) => ({
      field,
      label: field,
      siebelText: 'a',
      exchangeText: 'b',
      siebel: 'a',
      exchange: 'b',
    })),
    candidates: [],
    askedAt: '2026-11-22T08:00:00Z',
  };
}
