import type { Me } from '../../../shared/api.ts';
import { unreachable } from '../../../shared/domain.ts';
import type { Started } from '../../office/start.ts';
import { isBlocking, type Trouble } from './trouble.ts';

/** What the whole pane shows. `open` with a trouble: the last known stays on screen, and a bar says what is wrong. */
export type Screen =
  | Readonly<{ is: 'starting' }>
  | Readonly<{ is: 'outside' }>
  | Readonly<{ is: 'noOffice' }>
  | Readonly<{ is: 'welcome' }>
  | Readonly<{ is: 'connecting' }>
  | Readonly<{ is: 'stopped'; trouble: Trouble }>
  | Readonly<{ is: 'open'; me: Me; trouble: Trouble | null }>;

export type ScreenEvent =
  | Readonly<{ event: 'started'; how: Started; isWelcomed: boolean }>
  | Readonly<{ event: 'welcomed' }>
  | Readonly<{ event: 'welcomeAsked' }>
  | Readonly<{ event: 'tried' }>
  | Readonly<{ event: 'meSeen'; me: Me }>
  /** A panel was answered: what kept it from that is over. */
  | Readonly<{ event: 'worked' }>
  | Readonly<{ event: 'failed'; trouble: Trouble }>;

export function transition(screen: Screen, event: ScreenEvent): Screen {
  switch (event.event) {
    case 'started':
      return screen.is === 'starting' ? begun(event) : screen;
    case 'welcomed':
      return screen.is === 'welcome' ? { is: 'connecting' } : screen;
    case 'welcomeAsked':
      return screen.is === 'open' ? { is: 'welcome' } : screen;
    case 'tried':
      return screen.is === 'stopped' ? { is: 'connecting' } : screen;
    case 'meSeen':
      return isConnected(screen) ? seen(screen, event.me) : screen;
    case 'worked':
      return screen.is === 'open' ? withTrouble(screen, troubleIn(screen.me)) : screen;
    case 'failed':
      return isConnected(screen) ? failed(screen, event.trouble) : screen;
  }
  return unreachable(event);
}

function begun({ how, isWelcomed }: Extract<ScreenEvent, { event: 'started' }>): Screen {
  if (how === 'outside') return { is: 'outside' };
  if (how === 'missing') return { is: 'noOffice' };
  return { is: isWelcomed ? 'connecting' : 'welcome' };
}

/** News of the server that arrives while something else is on screen comes too late, or too early. */
function isConnected({ is }: Screen): boolean {
  return is === 'connecting' || is === 'stopped' || is === 'open';
}

function seen(screen: Screen, me: Me): Screen {
  if (me.mailbox === null) return { is: 'stopped', trouble: 'notSetUp' };
  if (me.state === 'disabled' || me.state === 'removed') return { is: 'stopped', trouble: 'switchedOff' };
  if (screen.is !== 'open' || screen.me !== me) return { is: 'open', me, trouble: troubleIn(me) };
  // The server answers again; what a panel could not get from Siebel or Outlook, it says itself once it can.
  const isOver = screen.trouble === 'offline' || screen.trouble === 'busy';
  return isOver ? withTrouble(screen, troubleIn(me)) : screen;
}

function troubleIn({ state }: Me): Trouble | null {
  return state === 'failing' ? 'sideDown' : null;
}

/** The same screen when nothing changes: nothing is drawn then. */
function withTrouble(screen: Extract<Screen, { is: 'open' }>, trouble: Trouble | null): Screen {
  return screen.trouble === trouble ? screen : { ...screen, trouble };
}

function failed(screen: Screen, trouble: Trouble): Screen {
  if (screen.is === 'open' && !isBlocking(trouble)) return { ...screen, trouble };
  return { is: 'stopped', trouble };
}
