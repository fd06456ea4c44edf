/** `outside`: the page is open in a browser and not in Outlook. `missing`: the library did not load. */
export type Started = 'ready' | 'outside' | 'missing';

const standardPatienceMs = 10_000;

/**
 * Waits for the library, and for as long as it takes with `null`: a page without a window has nobody to tell that it is
 * missing. Never throws.
 */
export function startOffice(patienceMs: number | null = standardPatienceMs): Promise<Started> {
  if (typeof Office === 'undefined') return Promise.resolve('missing');
  return new Promise((resolve) => {
    const timer = patienceMs === null ? null : setTimeout(() => resolve('missing'), patienceMs);
    void Office.onReady(({ host }) => {
      if (timer !== null) clearTimeout(timer);
      resolve(host === Office.HostType.Outlook ? 'ready' : 'outside');
    });
  });
}
