import { useEffect, useState } from 'react';
import type { Me } from '../../../shared/api.ts';
import type { Api } from '../../api.ts';
import { ApiError } from '../../api-error.ts';
import { SignInError } from '../../sign-in/sign-in-error.ts';
import { coloursFrom, type Colours } from '../state/colours.ts';

/** People seldom paint their categories anew; each look is a request to Outlook. */
const everyMs = 30 * 60_000;
const none: Colours = new Map();

/** The colours of the mailbox's categories; without them badges are neutral, and nothing is missing but the colour. */
export function useColours(
  { categories }: Pick<Api, 'categories'>,
  { domains }: Pick<Me, 'domains'>,
): Colours {
  const [colours, setColours] = useState(none);
  // The marks are put on the list before the first load, which may come after the pane.
  const isLoaded = domains.some(({ loadedAt }) => loadedAt !== null);
  useEffect(() => {
    const read = (): void => void categories().then((listed) => setColours(coloursFrom(listed)), unlessOurs);
    read();
    const timer = setInterval(read, everyMs);
    return () => clearInterval(timer);
  }, [categories, isLoaded]);
  return colours;
}

function unlessOurs(error: unknown): void {
  if (!(error instanceof ApiError || error instanceof SignInError)) throw error;
}
