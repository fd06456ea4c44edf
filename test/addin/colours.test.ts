import { describe, expect, test } from 'vitest';
import { luminanceOf } from '../../addin/office/theme.ts';
import { coloursFrom } from '../../addin/pane/state/colours.ts';

describe('the colours of categories', () => {
  test('can all be read: words stand out at 4.5 to 1 at least', () => {
    const all = coloursFrom(Array.from({ length: 25 }, (_, preset) => ({ name: `${preset}`, preset })));
    expect(all.size).toBe(25);
    for (const [name, { paint, ink }] of all) {
      const [dark = 0, light = 0] = [luminanceOf(paint), luminanceOf(ink)].sort((a, b) => a - b);
      expect((light + 0.05) / (dark + 0.05), name).toBeGreaterThanOrEqual(4.5);
    }
  });

  test('go by the name, in whatever case; none and unknown ones are neutral', () => {
    const colours = coloursFrom([
      { name: 'Siebel Contact', preset: 7 },
      { name: 'Plain', preset: null },
      { name: 'Newer', preset: 25 },
    ]);
    expect([...colours]).toEqual([['siebel contact', { paint: '#9db7e8', ink: '#000000' }]]);
  });
});
