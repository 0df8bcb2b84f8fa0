import { seriesOf, type Series } from '@/theme/series';

/** Paths in an 11 × 11 box around (5.5, 5.5); plots shift them to their points. */
export const markerPaths: Record<Series['marker'], string> = {
  circle: 'M1.3 5.5a4.2 4.2 0 108.4 0a4.2 4.2 0 10-8.4 0z',
  square: 'M1.7 1.7h7.6v7.6h-7.6z',
  triangle: 'M5.5 0.5l5 8.2h-10z',
  diamond: 'M5.5 0.3l5.2 5.2-5.2 5.2-5.2-5.2z',
  tip: 'M5.5 10.2l-5-8.2h10z',
  cross: 'M3.7 0.9h3.6v2.8h2.8v3.6h-2.8v2.8h-3.6v-2.8h-2.8v-3.6h2.8z',
};

/** The shape and colour of a slot, before the version's name. */
export function VersionMarker({ slot }: { slot: number }) {
  const { marker, color } = seriesOf(slot);
  return (
    <svg
      width={11}
      height={11}
      viewBox="0 0 11 11"
      aria-hidden
      style={{ flex: 'none', verticalAlign: '-1px' }}
    >
      <path d={markerPaths[marker]} fill={color} />
    </svg>
  );
}

/** Line, dash and marker together: the key of a plot. */
export function VersionKey({ slot }: { slot: number }) {
  const { marker, color, dash } = seriesOf(slot);
  return (
    <svg width={26} height={11} viewBox="0 0 26 11" aria-hidden style={{ flex: 'none' }}>
      <path d="M0 5.5h26" stroke={color} strokeWidth={1.9} strokeDasharray={dash} />
      <path d={markerPaths[marker]} fill={color} transform="translate(7.5 0)" />
    </svg>
  );
}
