'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import { seriesOf } from '@/theme/series';
import { loadOutline, type MaskAddress, type TracedMask } from './load-outline';
import styles from './mask-layers.module.css';

/** Slot 0 is the reference; versions have slots 1 to 4. */
export interface MaskLayer {
  slot: number;
  mask: MaskAddress;
}

interface MaskLayersProps {
  layers: readonly MaskLayer[];
  /** The image's own size; the layers lie over it pixel for pixel. */
  widthPx: number;
  heightPx: number;
  /** `slice` fills a thumbnail as `object-fit: cover` does. */
  fit?: 'meet' | 'slice';
  maxSidePx: number;
  mode?: 'outline' | 'fill';
  /** 0 to 1. */
  opacity?: number;
  thin?: boolean;
  onError?: (slot: number) => void;
}

/** Outlines over a photograph, each over a dark casing so that it is seen on any skin. */
export function MaskLayers({
  layers,
  widthPx,
  heightPx,
  fit = 'meet',
  maxSidePx,
  mode = 'outline',
  opacity = 1,
  thin = false,
  onError,
}: MaskLayersProps) {
  return (
    <svg
      className={`${styles.layers ?? ''} ${thin ? (styles.thin ?? '') : ''}`}
      viewBox={`0 0 ${widthPx} ${heightPx}`}
      preserveAspectRatio={`xMidYMid ${fit}`}
      style={{ opacity }}
      aria-hidden
    >
      {layers.map(({ slot, mask }) => (
        <Layer
          key={`${slot} ${mask.url}`}
          slot={slot}
          mask={mask}
          maxSidePx={maxSidePx}
          mode={mode}
          imageWidthPx={widthPx}
          imageHeightPx={heightPx}
          onError={onError}
        />
      ))}
    </svg>
  );
}

interface LayerProps extends MaskLayer {
  maxSidePx: number;
  mode: 'outline' | 'fill';
  imageWidthPx: number;
  imageHeightPx: number;
  onError: ((slot: number) => void) | undefined;
}

function Layer({ slot, mask, maxSidePx, mode, imageWidthPx, imageHeightPx, onError }: LayerProps) {
  const traced = useOutline(mask, maxSidePx, () => onError?.(slot));
  if (!traced) return null;
  const color = slot === 0 ? 'var(--m-ref)' : seriesOf(slot).maskColor;
  const scale = `scale(${imageWidthPx / traced.widthPx} ${imageHeightPx / traced.heightPx})`;
  if (mode === 'fill')
    return <path className={styles.fill} d={traced.path} transform={scale} fill={color} />;
  return (
    <g transform={scale}>
      <path className={slot === 0 ? styles.casing : styles.softCasing} d={traced.path} />
      <path
        className={styles.line}
        d={traced.path}
        stroke={color}
        strokeDasharray={slot === 0 ? undefined : seriesOf(slot).maskDash}
      />
    </g>
  );
}

/** Undefined until traced; while a finer tracing loads, the coarser one stays. */
function useOutline(
  { url, widthPx, heightPx }: MaskAddress,
  maxSidePx: number,
  onError: () => void,
): TracedMask | undefined {
  const [traced, setTraced] = useState<TracedMask>();
  const report = useEffectEvent(onError);
  useEffect(() => {
    let isCurrent = true;
    loadOutline({ url, widthPx, heightPx }, maxSidePx).then(
      (outline) => {
        if (isCurrent) setTraced(outline);
      },
      () => {
        if (isCurrent) report();
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [url, widthPx, heightPx, maxSidePx]);
  return traced;
}
