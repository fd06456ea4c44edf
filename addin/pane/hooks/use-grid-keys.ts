import { useState, type KeyboardEvent } from 'react';

type GridKeys = Readonly<{
  count: number;
  /** Brings a row on screen; it is focused once it is there. */
  scrollTo: (row: number) => void;
  select: (row: number) => void;
  open: (row: number) => void;
}>;

const pageRows = 8;

/** Moving through a long list by keyboard: one row at a time is reachable by Tab, arrows change which. */
export function useGridKeys({ count, scrollTo, select, open }: GridKeys) {
  const [active, setActive] = useState(0);
  const [isMoving, setIsMoving] = useState(false);
  const current = Math.min(active, Math.max(0, count - 1));
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: current + 1,
    ArrowUp: current - 1,
    PageDown: current + pageRows,
    PageUp: current - pageRows,
    Home: 0,
    End: count - 1,
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const target = targets[event.key];
    if (target !== undefined) {
      event.preventDefault();
      const row = Math.min(Math.max(0, target), count - 1);
      setActive(row);
      setIsMoving(true);
      scrollTo(row);
      return;
    }
    // Space and Enter on a control of the row are the control's own.
    if (!(event.target instanceof HTMLElement) || event.target.getAttribute('role') !== 'row') return;
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    (event.key === ' ' ? select : open)(current);
  };
  /** Given to every row: the one that was moved to takes the focus as soon as it is drawn. */
  const focusIfMovedTo = (row: number, element: HTMLElement | null): void => {
    if (!isMoving || row !== current || element === null) return;
    if (document.activeElement !== element) element.focus({ preventScroll: true });
  };
  return {
    active: current,
    onKeyDown,
    onFocusRow: (row: number) => {
      setActive(row);
      setIsMoving(false);
    },
    focusIfMovedTo,
  };
}
