import { describe, expect, it } from 'vitest';
import { remoteFiles } from './remote-files';

const file = (name: string, text: string) => ({ name, text: () => Promise.resolve(text) });

describe('the files of a remote version', () => {
  it('are the manifest, and card and training list where they are', async () => {
    const manifest = file('manifest.json', '{"name":"toy"}');
    expect(await remoteFiles([manifest])).toEqual({
      ...{ manifest: { name: 'toy' }, card: undefined, trainingList: undefined },
    });
    const all = [file('MODEL_CARD.md', '# Toy'), manifest, file('training-list.csv', 'image_id')];
    expect(await remoteFiles(all)).toEqual({
      ...{ manifest: { name: 'toy' }, card: '# Toy', trainingList: 'image_id' },
    });
  });

  it.each([
    ['nothing', [], /missing/],
    ['a card alone', [file('MODEL_CARD.md', '')], /missing/],
    ['a network', [file('manifest.json', '{}'), file('model.onnx', '')], /nothing else/],
    ['no JSON', [file('manifest.json', 'name: secret')], /^manifest.json is not JSON.$/],
  ])('are refused in words when they are %s', async (_what, files, words) => {
    await expect(remoteFiles(files)).rejects.toThrow(words);
  });
});
