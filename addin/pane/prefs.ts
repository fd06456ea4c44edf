import type { Side } from '../../shared/domain.ts';
import type { Theme } from '../office/port.ts';
import type { Remembered } from './state/answers.ts';

export type Place = 'item' | 'contacts' | 'calendar' | 'tasks' | 'questions' | 'settings' | 'diagnostics';
export const tabs = ['item', 'contacts', 'calendar', 'tasks'] as const satisfies readonly Place[];
const places: readonly Place[] = [...tabs, 'questions', 'settings', 'diagnostics'];

/** What the pane keeps in the browser: conveniences only, nothing of anybody's data, and nothing is lost with it. */
export type Prefs = Readonly<{
  isWelcomed: () => boolean;
  setWelcomed: () => void;
  /** Null: as Outlook. */
  theme: () => Theme | null;
  setTheme: (theme: Theme | null) => void;
  remembered: () => Remembered;
  setRemembered: (remembered: Remembered) => void;
  /** The part of the pane that is open, as long as this window lives: several clients reload panes. */
  place: () => Place;
  setPlace: (place: Place) => void;
}>;

type Keep = Readonly<{ get: (key: string) => string | null; set: (key: string, text: string) => void }>;

export function createPrefs(): Prefs {
  const local = keepIn(() => localStorage);
  const session = keepIn(() => sessionStorage);
  return {
    isWelcomed: () => local.get('welcomed') === 'yes',
    setWelcomed: () => local.set('welcomed', 'yes'),
    theme: () => {
      const theme = local.get('theme');
      return theme === 'light' || theme === 'dark' ? theme : null;
    },
    setTheme: (theme) => local.set('theme', theme ?? ''),
    remembered: () => rememberedFrom(local.get('remembered')),
    setRemembered: (remembered) => local.set('remembered', JSON.stringify(remembered)),
    place: () => places.find((place) => place === session.get('place')) ?? 'item',
    setPlace: (place) => session.set('place', place),
  };
}

/** Browsers may forbid storage in frames; then the pane remembers nothing and works all the same. */
function keepIn(storage: () => Storage): Keep {
  const tried = <Value>(work: () => Value, otherwise: Value): Value => {
    try {
      return work();
    } catch (error) {
      if (error instanceof DOMException) return otherwise;
      throw error;
    }
  };
  return {
    get: (key) => tried(() => storage().getItem(`siebel-sync.${key}`), null),
    set: (key, text) => tried(() => storage().setItem(`siebel-sync.${key}`, text), undefined),
  };
}

function rememberedFrom(text: string | null): Remembered {
  try {
    const known: unknown = JSON.parse(text ?? '{}');
    if (typeof known !== 'object' || known === null) return {};
    const sides = Object.entries(known).flatMap(([key, side]: [string, unknown]): [string, Side][] =>
      side === 'siebel' || side === 'exchange' ? [[key, side]] : [],
    );
    return Object.fromEntries(sides);
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
