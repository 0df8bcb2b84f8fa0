'use client';

import { useEffect, useEffectEvent, useRef } from 'react';
import { versionWord } from '@/images/image-list-address';
import { useShortcuts } from '@/images/use-shortcuts';
import { isTyping } from '@/ui/typing';
import type { ViewerState } from './use-viewer';

const OPACITY_STEP = 10;
/** A key held longer than this was a peek, and lets go again; a shorter press stays. */
const PEEK_MS = 250;

/** The keys of the viewer but those of the stage. */
export function useViewerKeys(viewer: ViewerState, setHidden: (isHidden: boolean) => void) {
  const { look, changeLook, toggleLayer, versions, step } = viewer;
  const layers = ['ref', ...versions.map(versionWord)];
  const stepBy = (by: number) => () => {
    step(by);
  };
  const opacityBy = (by: number) => () => {
    changeLook({ opacity: Math.min(Math.max(look.opacity + by, 0), 100) });
  };
  useShortcuts({
    arrowleft: stepBy(-1),
    arrowright: stepBy(1),
    k: stepBy(-1),
    j: stepBy(1),
    '[': opacityBy(-OPACITY_STEP),
    ']': opacityBy(OPACITY_STEP),
    o: () => {
      changeLook({ mode: look.mode === 'outline' ? 'fill' : 'outline' });
    },
    ...Object.fromEntries(
      layers.map((layer, index) => [
        String(index + 1),
        () => {
          toggleLayer(layer);
        },
      ]),
    ),
  });
  useHideKey(setHidden);
}

/** `H` hides; held, it shows again when let go. */
function useHideKey(setHidden: (isHidden: boolean) => void) {
  const isHidden = useRef(false);
  const heldSince = useRef<number>(undefined);
  const set = useEffectEvent((hidden: boolean) => {
    isHidden.current = hidden;
    setHidden(hidden);
  });
  useEffect(() => {
    const onDown = (event: KeyboardEvent) => {
      const isOther = event.key.toLowerCase() !== 'h' || event.ctrlKey || event.metaKey;
      if (isOther || event.altKey || event.repeat || isTyping(event.target)) return;
      if (document.querySelector('[role="dialog"], [role="menu"]')) return;
      heldSince.current = event.timeStamp;
      set(!isHidden.current);
    };
    const onUp = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'h' || heldSince.current === undefined) return;
      if (event.timeStamp - heldSince.current > PEEK_MS) set(!isHidden.current);
      heldSince.current = undefined;
    };
    document.addEventListener('keydown', onDown);
    document.addEventListener('keyup', onUp);
    return () => {
      document.removeEventListener('keydown', onDown);
      document.removeEventListener('keyup', onUp);
    };
  }, []);
}
