import type { KeyboardEvent } from 'react';

type Keys = Readonly<{ next: string; before: string }>;

/** Arrow keys within a group of which Tab reaches one: round and round, and to its ends. */
export function useArrowKeys(selector: string, keys: Keys): (event: KeyboardEvent<HTMLElement>) => void {
  return (event) => {
    const group = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)];
    const at = group.findIndex((one) => one === document.activeElement);
    // Right is back where people read from right to left.
    const isMirrored = keys.next === 'ArrowRight' && document.documentElement.dir === 'rtl';
    const step = isMirrored ? -1 : 1;
    const targets: Readonly<Record<string, number>> = {
      [keys.next]: at + step,
      [keys.before]: at - step,
      Home: 0,
      End: group.length - 1,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    group.at(target % group.length)?.focus();
  };
}
