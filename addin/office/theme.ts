import type { Theme } from './port.ts';

/**
 * Outlook gives colours and no name: the theme is dark when its background is. Colours Outlook has not filled in
 * (`#000001`, `#NaN`, nothing) say nothing.
 */
export function themeFrom(colours: Readonly<Record<string, unknown>> | null | undefined): Theme | null {
  const background = colours?.['bodyBackgroundColor'];
  if (typeof background !== 'string' || !/^#[\da-f]{6}$/i.test(background) || background === '#000001')
    return null;
  return luminanceOf(background) < 0.4 ? 'dark' : 'light';
}

/** What the person chose goes before Outlook, Outlook before the machine. */
export function shownTheme(own: Theme | null, outlook: Theme | null, isMachineDark: boolean): Theme {
  return own ?? outlook ?? (isMachineDark ? 'dark' : 'light');
}

/** Relative luminance of WCAG 2, from 0 (black) to 1 (white), of `#rrggbb`. */
export function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
