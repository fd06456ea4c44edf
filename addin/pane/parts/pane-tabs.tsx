import { useState } from 'react';
import type { PaneKey } from '../../text/pane.ts';
import { useArrowKeys } from '../hooks/use-arrow-keys.ts';
import { tabs, type Place } from '../prefs.ts';
import type { Say } from '../texts.ts';
import { PaneMenu } from './pane-menu.tsx';

type PaneTabsProps = Readonly<{ place: Place; questions: number; say: Say; go: (place: Place) => void }>;

const tabWords: Readonly<Record<(typeof tabs)[number], PaneKey>> = {
  item: 'tabItem',
  contacts: 'tabContacts',
  calendar: 'tabCalendar',
  tasks: 'tabTasks',
};

/** The four parts of the pane, and behind a menu what is needed less often. */
export function PaneTabs({ place, questions, say, go }: PaneTabsProps) {
  const onKeyDown = useArrowKeys('[role=tab]', { next: 'ArrowRight', before: 'ArrowLeft' });
  // Tab leads to one of them; arrows change which. In a part behind the menu no tab is chosen.
  const [reached, setReached] = useState<Place>(place);
  const reachable = tabs.find((tab) => tab === reached) ?? tabs[0];
  return (
    <nav className="tabs" aria-label={say('tabs')}>
      <div role="tablist" className="tab-list" aria-label={say('tabs')} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab}
            type="button"
            role="tab"
            className="tab"
            aria-selected={tab === place}
            tabIndex={tab === reachable ? 0 : -1}
            onFocus={() => setReached(tab)}
            onClick={() => go(tab)}
          >
            {say(tabWords[tab])}
          </button>
        ))}
      </div>
      <PaneMenu {...{ questions, say, go }} />
    </nav>
  );
}
