import { useEffect, useState } from 'react';
import type { Outlook, Sight, Theme } from '../../office/port.ts';
import { shownTheme } from '../../office/theme.ts';

/** What is open in Outlook, now and after every change. */
export function useSight(outlook: Outlook | null): Sight | null {
  const [sight, setSight] = useState<Sight | null>(null);
  useEffect(() => outlook?.follow(setSight), [outlook]);
  return sight;
}

/** Light or dark: what the person chose, else Outlook's, else the machine's. */
export function useTheme(outlook: Outlook | null, own: Theme | null): Theme {
  const [theirs, setTheirs] = useState<Theme | null>(null);
  const [isMachineDark, setIsMachineDark] = useState(() => machine().matches);
  useEffect(() => outlook?.followTheme(setTheirs), [outlook]);
  useEffect(() => {
    const query = machine();
    const changed = (): void => setIsMachineDark(query.matches);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, []);
  return shownTheme(own, theirs, isMachineDark);
}

function machine(): MediaQueryList {
  return matchMedia('(prefers-color-scheme: dark)');
}
