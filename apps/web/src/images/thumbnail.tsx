'use client';

import { useEffect, useRef, useState } from 'react';
import { MaskLayers, type MaskLayer } from './mask-layers';
import styles from './thumbnail.module.css';

interface ThumbnailProps {
  code: string;
  url: string;
  widthPx: number;
  heightPx: number;
  layers?: readonly MaskLayer[];
  className?: string;
}

/** Twice the width of a card in a gallery: as fine as a screen can show. */
const TRACED_SIDE_PX = 480;

/** A photograph cut to the frame, with outlines once it comes into sight. It stands beside its code, so it is not named again. */
export function Thumbnail({
  code,
  url,
  widthPx,
  heightPx,
  layers = [],
  className,
}: ThumbnailProps) {
  const frame = useRef<HTMLSpanElement>(null);
  const isSeen = useSeen(frame);
  const [isBroken, setBroken] = useState(false);
  return (
    <span className={`${styles.thumbnail ?? ''} ${className ?? ''}`} ref={frame}>
      {isBroken ? (
        <span className={styles.broken}>{code}: image not available</span>
      ) : (
        <>
          {/* Already 480 px wide and answered by the API; Next's own resizing would only add a hop. */}
          <img
            src={url}
            alt=""
            loading="lazy"
            decoding="async"
            onError={() => {
              setBroken(true);
            }}
          />
          {isSeen && layers.length > 0 && (
            <MaskLayers
              layers={layers}
              widthPx={widthPx}
              heightPx={heightPx}
              fit="slice"
              maxSidePx={TRACED_SIDE_PX}
              thin
            />
          )}
        </>
      )}
    </span>
  );
}

function useSeen(element: React.RefObject<HTMLElement | null>): boolean {
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    const target = element.current;
    if (!target || isSeen) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setSeen(true);
      },
      { rootMargin: '200px' },
    );
    observer.observe(target);
    return () => {
      observer.disconnect();
    };
  }, [element, isSeen]);
  return isSeen;
}
