import type { DuplicatePolicy } from '../db.js';
import { isPublicImageId } from './public-ids.js';
import type { ScannedImage } from './scan-folder.js';
import type { KnownImage } from './study-state.js';

/** What becomes of an image of the folder. */
export type Fate =
  /** The study has it. */
  | { kind: 'KNOWN'; image: ScannedImage; known: KnownImage }
  /** It comes in; `copyOf` is the image with the same bytes that came first. */
  | { kind: 'NEW'; image: ScannedImage; copyNumber: number; copyOf?: Original }
  /** Left out: another image has the same bytes. */
  | { kind: 'DUPLICATE'; image: ScannedImage; of: string };

/** The first image with its bytes: in the folder or in the study. */
export type Original = { scanned: ScannedImage } | { known: KnownImage };

/**
 * Tells for each image whether the study has it, whether it is new, or whether it repeats another.
 * Matching is by bytes, and among equal bytes by id, so that a folder that came in once adds nothing
 * the second time, whether copies were kept or not.
 */
export function matchImages(
  images: ScannedImage[],
  known: KnownImage[],
  duplicates: DuplicatePolicy,
): Fate[] {
  const knownByHash = Map.groupBy(known, ({ sha256 }) => sha256);
  const byHash = Map.groupBy(images, ({ sha256 }) => sha256);
  return [...byHash].flatMap(([sha256, group]) =>
    matchGroup(group, knownByHash.get(sha256) ?? [], duplicates),
  );
}

function matchGroup(
  images: ScannedImage[],
  known: KnownImage[],
  duplicates: DuplicatePolicy,
): Fate[] {
  const { found, left } = matchKnown(images, known);
  let original: Original | undefined = known[0] && { known: known[0] };
  let copyNumber = Math.max(-1, ...known.map((one) => one.copyNumber));
  const rest = left.map((image): Fate => {
    if (original && duplicates === 'SKIP') {
      const of = 'known' in original ? original.known.code : original.scanned.imageId;
      return { kind: 'DUPLICATE', image, of };
    }
    copyNumber += 1;
    const fate: Fate = { kind: 'NEW', image, copyNumber, copyOf: original };
    original ??= { scanned: image };
    return fate;
  });
  return [...found, ...rest];
}

/** Pairs images of equal bytes by their id, then those whose ids were replaced by random codes. */
function matchKnown(images: ScannedImage[], known: KnownImage[]) {
  const free = new Set(known);
  const found: Fate[] = [];
  const pair = (left: ScannedImage[], fits: (image: ScannedImage, one: KnownImage) => boolean) =>
    left.filter((image) => {
      const same = [...free].find((one) => fits(image, one));
      if (!same) return true;
      free.delete(same);
      found.push({ kind: 'KNOWN', image, known: same });
      return false;
    });
  const others = pair(images, ({ imageId }, { code }) => imageId === code);
  const left = pair(
    others,
    ({ imageId }, { code }) => !isPublicImageId(imageId) && !isPublicImageId(code),
  );
  return { found, left };
}
