import { seriesOf } from '@/theme/series';
import { markerPaths } from '@/ui/version-marker';

interface PlotMarkerProps {
  slot: number;
  cx: number;
  cy: number;
  /** Of a side, in pixels. */
  size?: number;
}

/** A version's marker with its middle at a place of the plot. */
export function PlotMarker({ slot, cx, cy, size = 11 }: PlotMarkerProps) {
  const { color, marker } = seriesOf(slot);
  const by = size / 11;
  return (
    <path
      d={markerPaths[marker]}
      transform={`translate(${cx - size / 2} ${cy - size / 2}) scale(${by})`}
      fill={color}
      stroke="var(--surface)"
    />
  );
}
