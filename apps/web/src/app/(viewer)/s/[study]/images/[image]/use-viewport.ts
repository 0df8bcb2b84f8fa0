'use client';

import {
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  type PointerEvent,
  type RefObject,
} from 'react';
import { fitViewport, keepInSight, panBy, zoomAt, type Size, type Viewport } from './viewport';

const ZOOM_STEP = 1.5;
const PAN_STEP_PX = 80;
/** Wheels report some 100 a notch; a notch is a fifth more. */
const WHEEL_FACTOR = 1.2 ** (1 / 100);

export interface ViewportControl {
  /** Undefined until the stage is measured. */
  view: Viewport | undefined;
  isFitted: boolean;
  zoomIn: () => void;
  zoomOut: () => void;
  fit: () => void;
  pan: (columns: number, rows: number) => void;
  onPointerDown: (event: PointerEvent) => void;
  onPointerMove: (event: PointerEvent) => void;
  onPointerUp: (event: PointerEvent) => void;
}

/** Pan and zoom of the image on the stage. A new image starts fitted. */
export function useViewport(
  stageRef: RefObject<HTMLElement | null>,
  image: Size,
  imageKey: string,
): ViewportControl {
  const stage = useSize(stageRef);
  const [moved, setMoved] = useState<{ key: string; view: Viewport }>();
  const dragFrom = useRef<{ x: number; y: number }>(undefined);
  const fitted = stage && fitViewport(image, stage);
  const isFitted = moved?.key !== imageKey;
  const view = stage && (isFitted ? fitted : keepInSight(moved.view, image, stage));

  const set = (next: Viewport) => {
    setMoved({ key: imageKey, view: next });
  };
  const zoom = (factor: number, at?: { x: number; y: number }) => {
    if (!view) return;
    const middle = { x: stage.width / 2, y: stage.height / 2 };
    set(zoomAt(view, factor, at ?? middle, image, stage));
  };
  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    const box = stageRef.current?.getBoundingClientRect();
    if (!box) return;
    const at = { x: event.clientX - box.left, y: event.clientY - box.top };
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 33 : event.deltaY;
    zoom(WHEEL_FACTOR ** -pixels, at);
  });
  useEffect(() => {
    const element = stageRef.current;
    // React's own wheel listener is passive and could not keep the page from scrolling.
    const listener = (event: WheelEvent) => {
      onWheel(event);
    };
    element?.addEventListener('wheel', listener, { passive: false });
    return () => {
      element?.removeEventListener('wheel', listener);
    };
  }, [stageRef]);

  return {
    view,
    isFitted,
    zoomIn: () => {
      zoom(ZOOM_STEP);
    },
    zoomOut: () => {
      zoom(1 / ZOOM_STEP);
    },
    fit: () => {
      setMoved(undefined);
    },
    pan: (columns, rows) => {
      if (view) set(panBy(view, -columns * PAN_STEP_PX, -rows * PAN_STEP_PX, image, stage));
    },
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      dragFrom.current = { x: event.clientX, y: event.clientY };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event) => {
      const from = dragFrom.current;
      if (!from || !view) return;
      set(panBy(view, event.clientX - from.x, event.clientY - from.y, image, stage));
      dragFrom.current = { x: event.clientX, y: event.clientY };
    },
    onPointerUp: () => {
      dragFrom.current = undefined;
    },
  };
}

function useSize(element: RefObject<HTMLElement | null>): Size | undefined {
  const [size, setSize] = useState<Size>();
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    const observer = new ResizeObserver(() => {
      setSize({ width: target.clientWidth, height: target.clientHeight });
    });
    observer.observe(target);
    return () => {
      observer.disconnect();
    };
  }, [element]);
  return size;
}
