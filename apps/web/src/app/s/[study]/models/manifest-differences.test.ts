import { expect, it } from 'vitest';
import { compareSettings, differences } from './manifest-differences';

const manifest = {
  version: '0.1.0',
  sha256: 'a',
  input: { height: 192, width: 192, fit: 'squash' },
  outputs: { scores: [{ task: 'melanoma' }] },
};

it('names the settings that differ by their path', () => {
  const next = {
    ...manifest,
    version: '0.2.0',
    sha256: 'b',
    input: { height: 256, width: 256, fit: 'squash' },
  };
  expect(differences(manifest, next)).toEqual({
    changed: [
      { setting: 'input.height', before: '192', after: '256' },
      { setting: 'input.width', before: '192', after: '256' },
    ],
    total: 4,
  });
});

it('says what one of them does not have', () => {
  const next = { ...manifest, outputs: { scores: [{ task: 'melanoma' }, { task: 'nevus' }] } };
  expect(differences(manifest, next).changed).toEqual([
    { setting: 'outputs.scores.1.task', before: 'none', after: 'nevus' },
  ]);
});

it('finds nothing between equal manifests', () => {
  expect(differences(manifest, structuredClone(manifest)).changed).toEqual([]);
});

it('lists every setting of both, the hash and the version too', () => {
  const next = { ...manifest, sha256: 'b', licence: 'MIT' };
  expect(compareSettings(manifest, next)).toEqual([
    { setting: 'version', before: '0.1.0', after: '0.1.0' },
    { setting: 'sha256', before: 'a', after: 'b' },
    { setting: 'input.height', before: '192', after: '192' },
    { setting: 'input.width', before: '192', after: '192' },
    { setting: 'input.fit', before: 'squash', after: 'squash' },
    { setting: 'outputs.scores.0.task', before: 'melanoma', after: 'melanoma' },
    { setting: 'licence', before: 'none', after: 'MIT' },
  ]);
});
