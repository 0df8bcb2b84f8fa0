export interface Tensor {
  name: string;
  type: string;
  shape: string;
  meaning: string;
}

type Fields = Record<string, unknown>;
const fields = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null ? (value as Fields) : undefined;
const text = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '?';

/** The tensors that a manifest promises, in words; none where it promises none that we know. */
export function signatureOf(manifest: unknown, wordsOf: (task: string) => string): Tensor[] {
  const { input, outputs } = fields(manifest) ?? {};
  const [image, given] = [fields(input), fields(outputs)];
  const tensors: Tensor[] = [];
  if (image)
    tensors.push({
      name: text(image['name']),
      type: `${text(image['dtype'])} in`,
      shape: `N × ${text(image['height'])} × ${text(image['width'])} × 3`,
      meaning: `${text(image['colour'])}, sRGB, upright; fitted by ${text(image['fit'])}`,
    });
  const mask = fields(given?.['mask']);
  if (mask)
    tensors.push({
      name: text(mask['name']),
      type: 'float32 out',
      shape: `N × ${text(mask['height'])} × ${text(mask['width'])}`,
      meaning: 'lesion probability per pixel',
    });
  const scores = given?.['scores'];
  for (const score of (Array.isArray(scores) ? scores : []).map(fields))
    if (score)
      tensors.push({
        name: `${text(score['name'])}[${text(score['index'])}]`,
        type: 'float32 out',
        shape: 'N',
        meaning: `${wordsOf(text(score['task']))} against all others, in [0, 1]`,
      });
  return tensors;
}
