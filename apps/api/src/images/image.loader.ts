import DataLoader from 'dataloader';
import { inVisibleStudy } from '../access.js';
import { perRequest } from '../per-request.js';

export const imageLoader = perRequest(
  ({ db, viewer }) =>
    new DataLoader(async (ids: readonly string[]) => {
      const images = await db.image.findMany({
        where: { AND: [{ id: { in: [...ids] } }, inVisibleStudy(viewer)] },
      });
      const byId = new Map(images.map((image) => [image.id, image]));
      return ids.map((id) => byId.get(id) ?? new Error(`image ${id} is gone`));
    }),
);

/** The images of each lesion, by code. */
export const imagesOfLesionLoader = perRequest(
  ({ db, viewer }) =>
    new DataLoader(async (lesionIds: readonly string[]) => {
      const images = await db.image.findMany({
        where: { AND: [{ lesionId: { in: [...lesionIds] } }, inVisibleStudy(viewer)] },
        orderBy: { code: 'asc' },
      });
      const byLesion = Map.groupBy(images, ({ lesionId }) => lesionId);
      return lesionIds.map((id) => byLesion.get(id) ?? []);
    }),
);

/** The reference mask that counts now, of each image that has one; without its bytes. */
export const referenceMaskLoader = perRequest(
  ({ db, viewer }) =>
    new DataLoader(async (imageIds: readonly string[]) => {
      const masks = await db.referenceMask.findMany({
        where: {
          imageId: { in: [...imageIds] },
          supersededAt: null,
          image: inVisibleStudy(viewer),
        },
        omit: { png: true },
      });
      const byImage = new Map(masks.map((mask) => [mask.imageId, mask]));
      return imageIds.map((id) => byImage.get(id) ?? null);
    }),
);
