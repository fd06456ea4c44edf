import { command as ar } from './ar/command.ts';
import { command as de } from './de/command.ts';
import { command as en, type CommandText } from './en/command.ts';
import { command as fr } from './fr/command.ts';
import type { Language } from './language.ts';

/** What the ribbon button says, by language. */
export const commandTexts: Readonly<Record<Language, CommandText>> = { en, de, fr, ar };
