import {
  Button,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Tab,
  TabList,
} from '@fluentui/react-components';
import type { PaneKey } from '../../text/pane.ts';
import { tabs, type Place } from '../prefs.ts';
import type { Say } from '../texts.ts';

type PaneTabsProps = Readonly<{ place: Place; questions: number; say: Say; go: (place: Place) => void }>;

const tabWords: Readonly<Record<(typeof tabs)[number], PaneKey>> = {
  item: 'tabItem',
  contacts: 'tabContacts',
  calendar: 'tabCalendar',
  tasks: 'tabTasks',
};
const menuPlaces = ['questions', 'settings', 'diagnostics'] as const;

/** The four parts of the pane, and behind a menu what is needed less often. */
export function PaneTabs({ place, questions, say, go }: PaneTabsProps) {
  return (
    <nav className="tabs" aria-label={say('tabs')}>
      <TabList
        size="small"
        selectedValue={place}
        onTabSelect={(_event, { value }) => {
          const chosen = tabs.find((tab) => tab === value);
          if (chosen !== undefined) go(chosen);
        }}
      >
        {tabs.map((tab) => (
          <Tab key={tab} value={tab}>
            {say(tabWords[tab])}
          </Tab>
        ))}
      </TabList>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button
            appearance="subtle"
            size="small"
            className="menu-button"
            aria-label={questions > 0 ? say('menuWithQuestions', { count: questions }) : say('menu')}
            icon={<Dots />}
          >
            {questions > 0 ? <span className="count">{questions}</span> : null}
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {menuPlaces.map((one) => (
              <MenuItem key={one} onClick={() => go(one)}>
                {say(one)}
                {one === 'questions' && questions > 0 ? ` (${questions})` : ''}
              </MenuItem>
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
    </nav>
  );
}

function Dots() {
  return (
    <svg viewBox="0 0 20 20" width="20" height="20" fill="currentColor" aria-hidden="true">
      <circle cx="4" cy="10" r="1.6" />
      <circle cx="10" cy="10" r="1.6" />
      <circle cx="16" cy="10" r="1.6" />
    </svg>
  );
}
