import { fill, type Language } from '../text/language.ts';
import { paneTexts, type PaneKey } from '../text/pane.ts';

/** A sentence of the catalogue, with what it is about put in. */
export type Say = (key: PaneKey, values?: Readonly<Record<string, string | number>>) => string;

export function textsIn(language: Language): Say {
  return (key, values = {}) => fill(paneTexts[language][key], values);
}
