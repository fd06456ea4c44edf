import { describe, expect, test } from 'vitest';
import { keepLive } from '../../addin/live.ts';

/** A page in or out of sight. */
function pageOf(isVisible: boolean) {
  const listeners = new Set<() => void>();
  const page = {
    visibilityState: isVisible ? ('visible' as const) : ('hidden' as const),
    addEventListener: (_type: string, listener: () => void) => void listeners.add(listener),
    removeEventListener: (_type: string, listener: () => void) => void listeners.delete(listener),
  } as unknown as Document;
  return { page, listeners };
}

describe('a value on screen', () => {
  test('is drawn when it changed and only then', async () => {
    const values = ['waiting', 'waiting', 'waiting', 'inStep'];
    const shown: string[] = [];
    let reads = 0;
    const live = keepLive({
      read: async () => values[Math.min(reads++, values.length - 1)] ?? '',
      show: (value) => shown.push(value),
      fail: () => undefined,
      everyMs: 1,
      ...pageOf(true),
    });
    await expect.poll(() => reads).toBeGreaterThan(6);
    live.stop();
    expect(shown).toEqual(['waiting', 'inStep']);
  });

  test('comes back after a failure that is told', async () => {
    const told: unknown[] = [];
    const shown: string[] = [];
    let reads = 0;
    const live = keepLive({
      read: async () => {
        reads += 1;
        if (reads === 2) throw new Error('offline');
        return `value ${reads}`;
      },
      show: (value) => shown.push(value),
      fail: (error) => told.push(error),
      everyMs: 1,
      ...pageOf(true),
    });
    await expect.poll(() => shown.length).toBeGreaterThan(1);
    live.stop();
    expect(told.length).toBe(1);
  });

  test('is asked for seldom out of sight, and at once when somebody wants it', async () => {
    const { page, listeners } = pageOf(false);
    let reads = 0;
    const live = keepLive({
      read: async () => (reads += 1),
      show: () => undefined,
      fail: () => undefined,
      everyMs: 1,
      hiddenEveryMs: 600_000,
      page,
    });
    await expect.poll(() => reads).toBe(1);
    live.now();
    await expect.poll(() => reads).toBe(2);
    live.stop();
    expect(listeners.size).toBe(0);
  });
});
