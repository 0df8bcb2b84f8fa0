/** Where an image lies on the stage: screen = image · scale + offset, in CSS pixels. */
export interface Viewport {
  scale: number;
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

/** One screen pixel shows 1/32 of an image pixel: pixel edges can be judged, and there is nothing beyond. */
export const MAX_SCALE = 32;
/** Room left around a fitted image, so that its border is seen to be its border. */
const FIT_MARGIN_PX = 20;

/** The whole image, centred; a small image is enlarged too, since judging it needs size. */
export function fitViewport(image: Size, stage: Size): Viewport {
  const scale = fitScale(image, stage);
  return {
    scale,
    x: (stage.width - image.width * scale) / 2,
    y: (stage.height - image.height * scale) / 2,
  };
}

export function fitScale(image: Size, stage: Size): number {
  const room = (side: number) => Math.max(side - 2 * FIT_MARGIN_PX, 1);
  return Math.min(room(stage.width) / image.width, room(stage.height) / image.height, MAX_SCALE);
}

/** Zooms so that the image point under `at` (on the stage) stays there. */
export function zoomAt(
  view: Viewport,
  factor: number,
  at: { x: number; y: number },
  image: Size,
  stage: Size,
): Viewport {
  const smallest = Math.min(fitScale(image, stage), 1);
  const scale = Math.min(Math.max(view.scale * factor, smallest), MAX_SCALE);
  const grown = scale / view.scale;
  const zoomed = {
    scale,
    x: at.x - (at.x - view.x) * grown,
    y: at.y - (at.y - view.y) * grown,
  };
  return keepInSight(zoomed, image, stage);
}

export function panBy(view: Viewport, dx: number, dy: number, image: Size, stage: Size): Viewport {
  return keepInSight({ ...view, x: view.x + dx, y: view.y + dy }, image, stage);
}

/** An image smaller than the stage is centred; a larger one can be moved until its edge meets the middle. */
export function keepInSight(view: Viewport, image: Size, stage: Size): Viewport {
  return {
    scale: view.scale,
    x: within(view.x, image.width * view.scale, stage.width),
    y: within(view.y, image.height * view.scale, stage.height),
  };
}

function within(offset: number, length: number, room: number): number {
  if (length <= room) return (room - length) / 2;
  return Math.min(Math.max(offset, room / 2 - length), room / 2);
}
