import { readFile } from 'node:fs/promises';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { toyManifest } from '../toy-onnx.js';
import { manifestJsonSchema, parseManifest } from './manifest.js';
import { ModelPackageError } from './model-package-error.js';

/** The toy manifest with one field, given by its path, set to something else. */
function changed(path: string, to: unknown): unknown {
  const copy = structuredClone(toyManifest) as unknown as Record<string, unknown>;
  const parts = path.split('.');
  const last = parts.pop()!;
  let at = copy;
  for (const part of parts) at = at[part] as Record<string, unknown>;
  if (to === undefined) Reflect.deleteProperty(at, last);
  else at[last] = to;
  return copy;
}

const refusalOf = (json: unknown): ModelPackageError => {
  try {
    parseManifest(json);
  } catch (error) {
    if (error instanceof ModelPackageError) return error;
    throw error;
  }
  throw new Error('the manifest was accepted');
};

describe('parseManifest', () => {
  it('reads the manifest of the package that ships', async () => {
    const file = new URL('../../../models/multitask/0.1.0/manifest.json', import.meta.url);
    const manifest = parseManifest(JSON.parse(await readFile(file, 'utf8')));
    expect(manifest.outputs.scores?.map(({ task }) => task)).toEqual([
      'melanoma',
      'seborrheic_keratosis',
    ]);
  });

  it('takes a package that only segments and one that only classifies', () => {
    expect(parseManifest(changed('outputs.scores', undefined)).outputs.scores).toBeUndefined();
    expect(parseManifest(changed('outputs.mask', undefined)).outputs.mask).toBeUndefined();
  });

  it('keeps whatever a trainer reports under training.metrics', () => {
    const metrics = { validation: { jaccard: 0.79 }, note: 'as measured' };
    expect(parseManifest(changed('training.metrics', metrics)).training.metrics).toEqual(metrics);
  });

  it('takes the hash of a training list, and no other file for one', () => {
    const list = { file: 'training-list.csv', sha256: 'a'.repeat(64) };
    expect(parseManifest(changed('training.list', list)).training.list).toEqual(list);
    const other = changed('training.list', { ...list, file: '../list.csv' });
    expect(refusalOf(other)).toMatchObject({ where: 'training.list.file' });
    const unhashed = changed('training.list', { file: list.file });
    expect(refusalOf(unhashed)).toMatchObject({ where: 'training.list.sha256' });
  });

  it.each([
    ['an unknown field', 'licenze', 'MIT', 'licenze'],
    ['an unknown field inside another', 'input.mean', 0.5, 'input.mean'],
    ['another schema', 'schema', 'lesionwise.model/2', 'schema'],
    ['a version that is not semantic', 'version', '1.0', 'version'],
    ['a version with a leading zero', 'version', '1.02.0', 'version'],
    ['no licence', 'licence', undefined, 'licence'],
    ['a hash in capitals', 'sha256', 'A'.repeat(64), 'sha256'],
    ['a file in another folder', 'file', '../model.onnx', 'file'],
    ['a file by a Windows path', 'file', 'a\\model.onnx', 'file'],
    ['a file named ..', 'file', '..', 'file'],
    ['float input', 'input.dtype', 'float32', 'input.dtype'],
    ['a height of no pixels', 'input.height', 0, 'input.height'],
    ['a height in fractions', 'input.height', 8.5, 'input.height'],
    ['an unknown fit', 'input.fit', 'crop', 'input.fit'],
    ['an unknown task', 'outputs.scores.1.task', 'nevus', 'outputs.scores[1].task'],
    ['a task twice', 'outputs.scores.1.task', 'melanoma', 'outputs.scores[1].task'],
    ['one score for two tasks', 'outputs.scores.1.index', 0, 'outputs.scores[1].index'],
    [
      'a score read from the mask',
      'outputs.scores.0.name',
      'mask_probability',
      'outputs.scores[0].name',
    ],
    ['an empty list of scores', 'outputs.scores', [], 'outputs.scores'],
    ['neither mask nor scores', 'outputs', {}, 'outputs'],
    ['a threshold of 1', 'maskThreshold', 1, 'maskThreshold'],
    ['a threshold of 0', 'maskThreshold', 0, 'maskThreshold'],
    ['no word on its training', 'training', undefined, 'training'],
  ])('refuses %s and names the field', (_, path, to, where) => {
    expect(refusalOf(changed(path, to))).toMatchObject({ code: 'MANIFEST_INVALID', where });
  });

  it('refuses a letterboxed input with a mask of another size, whose padding could not be undone', () => {
    const manifest = structuredClone(toyManifest);
    manifest.input.fit = 'letterbox';
    expect(parseManifest(manifest).input.fit).toBe('letterbox');
    manifest.outputs.mask!.height = 4;
    expect(refusalOf(manifest).where).toBe('outputs.mask');
  });

  it('lists every fault at once', () => {
    const { message } = refusalOf({ ...toyManifest, version: '1', maskThreshold: 2 });
    expect(message).toMatch(/version: .*; maskThreshold: /);
  });

  it('refuses what is not an object, without a field to name', () => {
    for (const json of [null, [], 'manifest', 7]) {
      expect(refusalOf(json)).toMatchObject({ code: 'MANIFEST_INVALID', where: 'manifest.json' });
    }
  });
});

describe('manifestJsonSchema', () => {
  it('is the published file (npx vitest run manifest -u writes it anew)', async () => {
    const text = await format(JSON.stringify(manifestJsonSchema()), {
      parser: 'json',
      printWidth: 100,
    });
    await expect(text).toMatchFileSnapshot('../manifest.schema.json');
  });

  it('refuses unknown fields, as the product does', () => {
    expect(manifestJsonSchema()).toMatchObject({
      additionalProperties: false,
      properties: {
        input: { additionalProperties: false },
        training: { additionalProperties: false },
      },
    });
  });
});
