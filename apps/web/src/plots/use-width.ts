'use client';

import { useEffect, useRef, useState, type RefObject } from 'react';

/** The width an element has on screen, so that plots are drawn in real pixels and their text never scales. */
export function useWidth<E extends HTMLElement>(
  atFirst: number,
): [ref: RefObject<E | null>, widthPx: number] {
  const ref = useRef<E>(null);
  const [width, setWidth] = useState(atFirst);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) setWidth(Math.round(entry.contentRect.width));
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  return [ref, width];
}
