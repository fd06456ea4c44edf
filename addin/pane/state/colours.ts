import type { Category } from '../../../shared/api-categories.ts';
import { luminanceOf } from '../../office/theme.ts';

/** Paint and the ink that can be read on it, as `#rrggbb`. */
type Colour = Readonly<{ paint: string; ink: string }>;

/**
 * Outlook's 25 category colours by the number of their preset. Which shade a preset has is left to each Outlook
 * (graph-docs `outlookcategory.md`); these are the classic ones, which all others resemble.
 */
const presets: readonly string[] = [
  '#e7a1a2', // red
  '#f9ba89', // orange
  '#f7dd8f', // brown
  '#fcfa90', // yellow
  '#78d168', // green
  '#9fdcc9', // teal
  '#c6d2b0', // olive
  '#9db7e8', // blue
  '#b5a1e2', // purple
  '#daaec2', // cranberry
  '#dad9dc', // steel
  '#6b7994', // dark steel
  '#bfbfbf', // grey
  '#6f6f6f', // dark grey
  '#4f4f4f', // black
  '#c11a25', // dark red
  '#e2620d', // dark orange
  '#c79930', // dark brown
  '#b9b300', // dark yellow
  '#368f2b', // dark green
  '#329b7a', // dark teal
  '#778b45', // dark olive
  '#2858a5', // dark blue
  '#5c3fa3', // dark purple
  '#93446b', // dark cranberry
];

/** Colours by name in lower case: to Outlook, names that differ in case only are one. */
export type Colours = ReadonlyMap<string, Colour>;

export function coloursFrom(categories: readonly Category[]): Colours {
  return new Map(
    categories.flatMap(({ name, preset }) => {
      const paint = preset === null ? undefined : presets[preset];
      return paint === undefined ? [] : [[name.toLowerCase(), { paint, ink: inkOn(paint) }] as const];
    }),
  );
}

/** At this luminance black and white stand out alike, at 4.58 to 1; off it, one of them does so better. */
const middle = Math.sqrt(1.05 * 0.05) - 0.05;

function inkOn(paint: string): string {
  return luminanceOf(paint) > middle ? '#000000' : '#ffffff';
}
