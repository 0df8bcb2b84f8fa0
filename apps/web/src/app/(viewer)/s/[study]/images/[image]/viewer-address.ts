import { versionWord, type NamedVersion } from '@/images/image-list-address';
import { seriesCount } from '@/theme/series';

export type MaskMode = 'outline' | 'fill';

export interface MaskLook {
  mode: MaskMode;
  /** 0 to 100. */
  opacity: number;
}

export const defaultLook: MaskLook = { mode: 'outline', opacity: 80 };

/** Two outlines and the reference at once; more is a tangle until someone asks for it. */
const SHOWN_AT_FIRST = 2;

interface Predicted {
  modelVersion: { id: string };
}

/**
 * The versions of a viewer, in the order of their slots: those the address names, else the newest that
 * scored the image, else the newest that could.
 */
export function viewerVersions<Version extends NamedVersion>(
  versions: readonly Version[],
  predictions: readonly Predicted[],
  named: string | null,
): Version[] {
  const chosen = (named ?? '')
    .split(',')
    .flatMap((word) => versions.find((version) => versionWord(version) === word) ?? []);
  if (chosen.length > 0) return chosen.slice(0, seriesCount);
  const scored = predictions.flatMap(
    ({ modelVersion }) => versions.find(({ id }) => id === modelVersion.id) ?? [],
  );
  return (scored.length > 0 ? scored : versions.slice(0, 1)).slice(0, seriesCount);
}

/** The words of the layers that are seen: `ref` and versions. */
export function visibleLayers(named: string | null, versions: readonly NamedVersion[]): string[] {
  const all = ['ref', ...versions.map(versionWord)];
  if (named === null) return all.slice(0, 1 + SHOWN_AT_FIRST);
  return all.filter((layer) => named.split(',').includes(layer));
}

/** What of the look the address says; the rest is the person's own setting. */
export function lookInAddress(params: URLSearchParams): Partial<MaskLook> {
  const mode = params.get('mode');
  const opacity = Number(params.get('opacity') ?? NaN);
  return {
    ...(mode === 'outline' || mode === 'fill' ? { mode } : {}),
    ...(Number.isInteger(opacity) && opacity >= 0 && opacity <= 100 ? { opacity } : {}),
  };
}
