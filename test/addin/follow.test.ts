import { describe, expect, test } from 'vitest';
import { followItem } from '../../addin/office/follow.ts';
import type { OpenItem, Sight } from '../../addin/office/port.ts';

const item = (identity: string): OpenItem => ({
  identity,
  type: 'appointment',
  mode: 'read',
  itemId: identity,
  subject: identity,
  start: null,
  end: null,
  from: null,
  people: [],
  isInSeries: false,
  isMeetingMail: false,
});

/** A mailbox whose open item a test sets. */
function stage(calmMs: number) {
  let open: string | null = 'first';
  let generation = 1;
  let isSaved = true;
  let looks = 0;
  let changed = (): void => undefined;
  let returned = (): void => undefined;
  const shown: (string | null)[] = [];
  const look = async (): Promise<Sight> => {
    looks += 1;
    return open === null
      ? { state: 'none', generation }
      : { state: 'open', generation, item: { ...item(open), itemId: isSaved ? open : null } };
  };
  const stop = followItem({
    look,
    show: (sight) => shown.push(sight.state === 'open' ? sight.item.identity : null),
    calmMs,
    unsavedEveryMs: 1,
    onItemChanged: (tell) => {
      changed = tell;
      return () => undefined;
    },
    onReturn: (tell) => {
      returned = tell;
      return () => undefined;
    },
  });
  return {
    shown,
    stop,
    looks: () => looks,
    openSilently: (next: string | null) => {
      open = next;
      generation += 1;
    },
    openUnsaved: () => {
      open = 'unsaved-1';
      generation += 1;
      isSaved = false;
      changed();
    },
    save: () => {
      open = 'saved';
      isSaved = true;
    },
    tell: () => changed(),
    comeBack: () => returned(),
  };
}

describe('following the open item', () => {
  test('shows it at once and after every change, no item included', async () => {
    const outlook = stage(1);
    await expect.poll(() => outlook.shown).toEqual(['first']);
    outlook.openSilently(null);
    outlook.tell();
    await expect.poll(() => outlook.shown).toEqual(['first', null]);
    outlook.stop();
  });

  test('running through a list looks at the first and at the last', async () => {
    const outlook = stage(40);
    await expect.poll(() => outlook.shown).toEqual(['first']);
    for (let next = 1; next <= 20; next += 1) {
      outlook.openSilently(`item ${next}`);
      outlook.tell();
    }
    await expect.poll(() => outlook.shown.at(-1)).toBe('item 20');
    expect(outlook.looks()).toBeLessThan(5);
    outlook.stop();
  });

  test('a change nobody told about shows when the pane comes back into view', async () => {
    const outlook = stage(1);
    await expect.poll(() => outlook.shown).toEqual(['first']);
    outlook.comeBack();
    outlook.openSilently('second');
    outlook.comeBack();
    await expect.poll(() => outlook.shown).toEqual(['first', 'second']);
    outlook.stop();
  });

  test('a new item shows by its id soon after it was saved', async () => {
    const outlook = stage(1);
    await expect.poll(() => outlook.shown).toEqual(['first']);
    outlook.openUnsaved();
    await expect.poll(() => outlook.shown).toEqual(['first', 'unsaved-1']);
    outlook.save();
    await expect.poll(() => outlook.shown).toEqual(['first', 'unsaved-1', 'saved']);
    outlook.stop();
  });

  test('nothing shows after it has stopped', async () => {
    const outlook = stage(1);
    await expect.poll(() => outlook.shown).toEqual(['first']);
    outlook.stop();
    outlook.openSilently('second');
    outlook.tell();
    await expect.poll(() => outlook.looks()).toBe(2);
    expect(outlook.shown).toEqual(['first']);
  });
});
