import { item as itemAr } from './ar/item.ts';
import { lists as listsAr } from './ar/lists.ts';
import { pane as paneAr } from './ar/pane.ts';
import { item as itemDe } from './de/item.ts';
import { lists as listsDe } from './de/lists.ts';
import { pane as paneDe } from './de/pane.ts';
import { item as itemEn } from './en/item.ts';
import { lists as listsEn } from './en/lists.ts';
import { pane as paneEn } from './en/pane.ts';
import { item as itemFr } from './fr/item.ts';
import { lists as listsFr } from './fr/lists.ts';
import { pane as paneFr } from './fr/pane.ts';
import type { Language } from './language.ts';

export type PaneKey = keyof typeof paneEn | keyof typeof itemEn | keyof typeof listsEn;

/** English names the keys; a language that lacks one does not compile. */
type PaneText = Readonly<Record<PaneKey, string>>;

export const paneTexts: Readonly<Record<Language, PaneText>> = {
  en: { ...paneEn, ...itemEn, ...listsEn },
  de: { ...paneDe, ...itemDe, ...listsDe },
  fr: { ...paneFr, ...itemFr, ...listsFr },
  ar: { ...paneAr, ...itemAr, ...listsAr },
};
