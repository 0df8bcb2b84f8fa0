import type { ImageRowFragment } from '@/gql/graphql';
import type { MaskLayer } from './mask-layers';

/** The reference and the predicted masks of an image, as layers in the slots of the versions shown. */
export function rowLayers(
  { referenceMask, predictions }: Pick<ImageRowFragment, 'referenceMask' | 'predictions'>,
  versions: readonly { id: string }[],
): MaskLayer[] {
  const predicted = versions.flatMap(({ id }, index) => {
    const mask = predictions.find((p) => p.modelVersion.id === id)?.mask;
    return mask ? [{ slot: index + 1, mask }] : [];
  });
  return referenceMask ? [...predicted, { slot: 0, mask: referenceMask }] : predicted;
}
