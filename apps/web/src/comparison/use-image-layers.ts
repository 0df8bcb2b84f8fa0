'use client';

import type { ComparedImageFactsFragment } from '@/gql/graphql';
import type { MaskLayer } from '@/images/mask-layers';
import { useDashboard, type NamedVersion } from './dashboard-context';
import type { ImageLayers } from './flip-row';

/** Reference and the versions' outlines of an image, and the viewer's address with the same ones. */
export function useImageLayers(drawn: readonly NamedVersion[]) {
  const { slug, comparison } = useDashboard();
  const words = drawn.map(({ word }) => word).join(',');
  const list = encodeURIComponent(`cohort=${comparison.snapshot.cohort.id}`);
  return ({ image }: ComparedImageFactsFragment): ImageLayers => {
    const predicted = drawn.flatMap(({ id, slot }): MaskLayer[] => {
      const mask = image.predictions.find((one) => one.modelVersion.id === id)?.mask;
      return mask ? [{ slot, mask }] : [];
    });
    return {
      layers: image.referenceMask
        ? [...predicted, { slot: 0, mask: image.referenceMask }]
        : predicted,
      href: `/s/${slug}/images/${image.code}?list=${list}&v=${words}&layers=ref,${words}`,
    };
  };
}
