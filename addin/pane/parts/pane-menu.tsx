import { useEffect, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react';
import { useArrowKeys } from '../hooks/use-arrow-keys.ts';
import type { Place } from '../prefs.ts';
import type { Say } from '../texts.ts';

type PaneMenuProps = Readonly<{ questions: number; say: Say; go: (place: Place) => void }>;

const places = ['questions', 'settings', 'diagnostics'] as const;

/** What is needed less often; the number of open questions stands on its button. It opens in place: a pane has no room to float in. */
export function PaneMenu({ questions, say, go }: PaneMenuProps) {
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setIsOpen(false);
    button.current?.focus();
  };
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>): void => {
    if (!currentTarget.contains(relatedTarget)) setIsOpen(false);
  };
  return (
    <div className="menu" onBlur={onBlur}>
      <button
        ref={button}
        type="button"
        className="menu-button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={questions > 0 ? say('menuWithQuestions', { count: questions }) : say('menu')}
        onClick={() => setIsOpen(!isOpen)}
      >
        <Dots />
        {questions > 0 && <span className="count">{questions}</span>}
      </button>
      {isOpen && <MenuList {...{ questions, say, go, close }} />}
    </div>
  );
}

/** Takes the focus when it opens and gives it back when it closes. */
function MenuList({ questions, say, go, close }: PaneMenuProps & Readonly<{ close: () => void }>) {
  const list = useRef<HTMLDivElement>(null);
  const onArrow = useArrowKeys('[role=menuitem]', { next: 'ArrowDown', before: 'ArrowUp' });
  useEffect(() => list.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus(), []);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== 'Escape') return onArrow(event);
    // office.js takes Escape for leaving the pane.
    event.stopPropagation();
    close();
  };
  const choose = (place: Place): void => {
    close();
    go(place);
  };
  return (
    <div
      ref={list}
      role="menu"
      tabIndex={-1}
      className="menu-list"
      aria-label={say('menu')}
      onKeyDown={onKeyDown}
    >
      {places.map((place) => (
        <button key={place} type="button" role="menuitem" onClick={() => choose(place)}>
          {say(place)}
          {place === 'questions' && questions > 0 ? ` (${questions})` : ''}
        </button>
      ))}
    </div>
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
