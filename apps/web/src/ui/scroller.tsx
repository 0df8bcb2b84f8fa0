'use client';

import { useEffect, useRef, useState, type ReactNode } from 'react';
import styles from './scroller.module.css';

interface ScrollerProps {
  /** What scrolls, for whoever arrives by keyboard. */
  label: string;
  className?: string | undefined;
  children: ReactNode;
}

/**
 * What is wider than its place scrolls inside it. Only then it takes the focus, so that arrow keys move it:
 * a stop at every table would be in the way of whoever goes by keyboard.
 */
export function Scroller({ label, className, children }: ScrollerProps) {
  const box = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => {
      setScrolls(
        element.scrollWidth > element.clientWidth + 1 ||
          element.scrollHeight > element.clientHeight + 1,
      );
    };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => {
      observer.disconnect();
    };
  }, []);
  return (
    <div
      ref={box}
      className={[styles.scroller, className].filter(Boolean).join(' ')}
      {...(scrolls && { tabIndex: 0, role: 'region', 'aria-label': `${label}, scrollable` })}
    >
      {children}
    </div>
  );
}
