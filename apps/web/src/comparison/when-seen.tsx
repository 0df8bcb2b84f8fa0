'use client';

import { useEffect, useRef, useState, type ReactNode } from 'react';

interface WhenSeenProps {
  /** Of what will stand here, so that nothing jumps. */
  heightPx: number;
  children: ReactNode;
}

/** What lies below the fold is loaded when one scrolls near it. Once there, it stays. */
export function WhenSeen({ heightPx, children }: WhenSeenProps) {
  const place = useRef<HTMLDivElement>(null);
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (!element || isNear) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setNear(true);
      },
      { rootMargin: '300px' },
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [isNear]);
  if (isNear) return children;
  return <div ref={place} style={{ minHeight: heightPx }} />;
}
