import { useEffect, useEffectEvent, useState } from 'react';
import { connect, type Connection } from '../../connect.ts';
import { keepLive } from '../../live.ts';
import type { Outlook } from '../../office/port.ts';
import type { Screen, ScreenEvent } from '../state/screen.ts';
import { troubleOf } from '../state/trouble.ts';

type ServerTools = Readonly<{
  outlook: Outlook | null;
  screen: Screen;
  dispatch: (event: ScreenEvent) => void;
}>;

/** The beat of the pane: cheap to ask, and it moves whenever something of the person's was synced. */
const everyMs = 1_000;

/** Signs in silently, says who one is, and goes on asking, so that the pane recovers by itself. */
export function useServer({ outlook, screen, dispatch }: ServerTools) {
  const [connecting] = useState(() => connectOnce());
  const [connection, setConnection] = useState<Connection | null>(null);
  const [again, setAgain] = useState(0);
  const isAsking = screen.is === 'connecting' || screen.is === 'stopped' || screen.is === 'open';
  const told = useEffectEvent(dispatch);
  useEffect(() => {
    if (outlook === null || !isAsking) return undefined;
    const live = keepLive({
      read: async (signal) => {
        const made = await connecting(outlook);
        setConnection(made);
        const me = await made.api.me(signal);
        // Told even when nothing changed: it says that the server is there again.
        if (!signal.aborted) told({ event: 'meSeen', me });
        return me;
      },
      show: () => undefined,
      fail: (error) => told({ event: 'failed', trouble: troubleOf(error) }),
      everyMs,
    });
    return live.stop;
  }, [outlook, isAsking, again, connecting]);
  return {
    connection,
    connect: () =>
      outlook === null ? Promise.reject(new Error('Outlook is not there.')) : connecting(outlook),
    again: () => setAgain((count) => count + 1),
  };
}

/** One connection for the whole page; a try that failed is forgotten. */
function connectOnce(): (outlook: Outlook) => Promise<Connection> {
  let made: Promise<Connection> | null = null;
  return (outlook) => {
    made ??= connect(outlook).catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };
}
