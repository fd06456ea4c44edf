/** `outside`: the page is open in a browser and not in Outlook. `missing`: the library did not load. */
export type Started = 'ready' | 'outside' | 'missing';

const patienceMs = 10_000;

/** Waits for the library. It never throws and never waits for ever: without the library nothing would say so. */
export function startOffice(): Promise<Started> {
  if (typeof Office === 'undefined') return Promise.resolve('missing');
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('missing'), patienceMs);
    void Office.onReady(({ host }) => {
      clearTimeout(timer);
      resolve(host === Office.HostType.Outlook ? 'ready' : 'outside');
    });
  });
}
