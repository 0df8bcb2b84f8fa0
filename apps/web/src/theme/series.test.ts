import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { contrast, distance, visions } from './colour-distance';
import { seriesCount, seriesOf } from './series';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = css.split("[data-theme='dark']");
const slots = Array.from({ length: seriesCount }, (_, index) => index + 1);

function token(scheme: string, name: string): string {
  const [, value] = new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(scheme) ?? [];
  if (value === undefined) throw new Error(`tokens.css has no colour ${name}`);
  return value;
}

it.each([
  ['light', light],
  ['dark', dark],
])('draws each version at 3:1 on every ground of the %s scheme', (_name, scheme) => {
  for (const slot of slots)
    for (const ground of ['surface', 'bg', 'selected'])
      expect(contrast(token(scheme, `v${slot}`), token(scheme, ground))).toBeGreaterThanOrEqual(3);
});

it.each([
  ['light', light],
  ['dark', dark],
])(
  'tells any two versions apart in the %s scheme, also without red, green or blue',
  (_n, scheme) => {
    for (const slot of slots)
      for (const other of slots.slice(slot))
        for (const vision of visions)
          expect(
            distance(token(scheme, `v${slot}`), token(scheme, `v${other}`), vision),
          ).toBeGreaterThan(12);
  },
);

it('gives each version a marker, a dash and an outline of its own', () => {
  const all = slots.map(seriesOf);
  for (const own of ['marker', 'dash', 'maskDash', 'color', 'maskColor'] as const)
    expect(new Set(all.map((series) => series[own])).size).toBe(seriesCount);
});

it('draws outlines at 3:1 on their casing', () => {
  for (const slot of slots)
    expect(contrast(token(light, `m-v${slot}`), '#000000')).toBeGreaterThanOrEqual(3);
});
