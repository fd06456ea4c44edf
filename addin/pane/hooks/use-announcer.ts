import { useCallback, useState } from 'react';

type Said = Readonly<{ text: string; count: number }>;

/** What screen readers are told, politely. The same words twice are said twice: the count makes them new. */
export function useAnnouncer() {
  const [said, setSaid] = useState<Said>({ text: '', count: 0 });
  const announce = useCallback(
    (text: string): void => setSaid(({ count }) => ({ text, count: count + 1 })),
    [],
  );
  return { said, announce };
}
