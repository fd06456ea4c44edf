import type { Component } from './components.ts';
import type { Property } from './property.ts';

export function propertyOf(component: Component, name: string): Property | null {
  return component.properties.find((property) => property.name === name) ?? null;
}

export function propertiesOf(component: Component, name: string): readonly Property[] {
  return component.properties.filter((property) => property.name === name);
}

/** The first value, without white space around it; `null` where there is none. */
export function valueOf(component: Component, name: string): string | null {
  return tidy(propertyOf(component, name)?.values[0] ?? null);
}

/** A value that is one of a set of words, in upper case. */
export function wordOf(component: Component, name: string): string {
  return valueOf(component, name)?.toUpperCase() ?? '';
}

/** Texts with `\n` lines; an empty text is none. */
export function tidy(text: string | null): string | null {
  const lines = text?.replaceAll(/\r\n?/g, '\n').trim() ?? '';
  return lines === '' ? null : lines;
}

/** Names of categories, from any number of lines, none twice. */
export function categoriesOf(component: Component): readonly string[] {
  const names = new Map<string, string>();
  for (const { values } of propertiesOf(component, 'categories')) {
    for (const value of values) {
      const name = value.trim();
      if (name !== '' && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
    }
  }
  return [...names.values()].sort();
}

/** Private and confidential both mean that it is nobody else's business. */
export function isPrivateIn(component: Component): boolean {
  return ['PRIVATE', 'CONFIDENTIAL'].includes(wordOf(component, 'class'));
}

/** 1 to 4 are high, 5 is normal, 6 to 9 low (RFC 5545, 3.8.1.9); Outlook's own property counts where it is given. */
export function importanceOf(component: Component): 'low' | 'normal' | 'high' {
  const own = wordOf(component, 'x-microsoft-cdo-importance');
  if (own !== '') return (['low', 'normal', 'high'] as const)[Number(own)] ?? 'normal';
  const priority = Number(wordOf(component, 'priority') || '5');
  if (priority >= 1 && priority <= 4) return 'high';
  return priority >= 6 ? 'low' : 'normal';
}
