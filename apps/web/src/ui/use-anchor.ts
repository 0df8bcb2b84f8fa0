import { useState, type MouseEvent } from 'react';

/** Where a menu hangs: the button that opened it, until it closes. */
export function useAnchor() {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return {
    anchor,
    open: (event: MouseEvent<HTMLElement>) => {
      setAnchor(event.currentTarget);
    },
    close: () => {
      setAnchor(null);
    },
  };
}
