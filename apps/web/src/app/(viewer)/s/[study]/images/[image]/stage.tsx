'use client';

import IconButton from '@mui/material/IconButton';
import { useRef, useState } from 'react';
import type { ViewerImageFragment } from '@/gql/graphql';
import { MaskLayers, type MaskLayer } from '@/images/mask-layers';
import { useShortcuts } from '@/images/use-shortcuts';
import { formatBytes, formatCount } from '@/ui/format';
import { Icon, type IconName } from '@/ui/icon';
import styles from './stage.module.css';
import { tracedSidePx } from './traced-side';
import { useViewport, type ViewportControl } from './use-viewport';
import type { MaskLook } from './viewer-address';

interface StageProps {
  image: ViewerImageFragment;
  layers: readonly MaskLayer[];
  look: MaskLook;
  isHidden: boolean;
  onHide: (isHidden: boolean) => void;
}

/** From here on single pixels are to be seen, not blended. */
const PIXELS_FROM_SCALE = 3;

export function Stage({ image, layers, look, isHidden, onHide }: StageProps) {
  const stage = useRef<HTMLDivElement>(null);
  const size = { width: image.widthPx, height: image.heightPx };
  const control = useViewport(stage, size, image.id);
  const { view } = control;
  const [brokenUrl, setBrokenUrl] = useState<string>();
  const [brokenMask, setBrokenMask] = useState<string>();
  useStageKeys(control);

  return (
    <div
      className={styles.stage}
      ref={stage}
      data-fitted={control.isFitted || undefined}
      onPointerDown={control.onPointerDown}
      onPointerMove={control.onPointerMove}
      onPointerUp={control.onPointerUp}
      onPointerCancel={control.onPointerUp}
    >
      {brokenUrl === image.url ? (
        <div className={styles.broken} role="alert">
          <b>This image cannot be shown.</b> The stored file did not arrive or cannot be decoded:{' '}
          {formatCount(image.widthPx)} × {formatCount(image.heightPx)} px,{' '}
          {formatBytes(image.sizeBytes)}. Reload the page; if it stays, import the image again.
        </div>
      ) : (
        view && (
          <div
            className={styles.image}
            style={{
              left: view.x,
              top: view.y,
              width: image.widthPx * view.scale,
              height: image.heightPx * view.scale,
            }}
          >
            <img
              src={image.url}
              alt={`${image.modality === 'CLINICAL' ? 'Clinical photograph' : 'Dermoscopy image'} ${image.code}`}
              draggable={false}
              style={view.scale >= PIXELS_FROM_SCALE ? { imageRendering: 'pixelated' } : undefined}
              onError={() => {
                setBrokenUrl(image.url);
              }}
            />
            {!isHidden && (
              <MaskLayers
                layers={layers}
                widthPx={image.widthPx}
                heightPx={image.heightPx}
                maxSidePx={tracedSidePx(size, view.scale)}
                mode={look.mode}
                opacity={look.opacity / 100}
                onError={() => {
                  setBrokenMask(image.id);
                }}
              />
            )}
          </div>
        )
      )}
      <Tools control={control} isHidden={isHidden} onHide={onHide} />
      <p className={styles.facts}>
        {view && `${formatCount(Math.round(view.scale * 100))} % · `}
        {formatCount(image.widthPx)} × {formatCount(image.heightPx)} px · scale not recorded
        {brokenMask === image.id && ' · a mask did not load'}
      </p>
    </div>
  );
}

function useStageKeys({ zoomIn, zoomOut, fit, pan }: ViewportControl) {
  const panBy = (columns: number, rows: number) => () => {
    pan(columns, rows);
  };
  useShortcuts({
    '+': zoomIn,
    '=': zoomIn,
    '-': zoomOut,
    f: fit,
    '0': fit,
    'shift+arrowup': panBy(0, -1),
    'shift+arrowdown': panBy(0, 1),
    'shift+arrowleft': panBy(-1, 0),
    'shift+arrowright': panBy(1, 0),
  });
}

interface ToolsProps {
  control: ViewportControl;
  isHidden: boolean;
  onHide: (isHidden: boolean) => void;
}

function Tools({ control, isHidden, onHide }: ToolsProps) {
  const { zoomIn, zoomOut, fit, pan, isFitted } = control;
  return (
    <div
      className={styles.tools}
      role="toolbar"
      aria-label="Image"
      aria-orientation="vertical"
      // A press on a tool is no drag of the image.
      onPointerDown={(event) => {
        event.stopPropagation();
      }}
    >
      <Tool icon="zoom" title="Zoom in (+)" onClick={zoomIn} />
      <Tool icon="zoomOut" title="Zoom out (−)" onClick={zoomOut} />
      <Tool icon="fit" title="Fit to the window (F)" onClick={fit} />
      <Tool
        icon="eye"
        title={isHidden ? 'Show outlines (H)' : 'Hide outlines (H)'}
        isPressed={isHidden}
        onClick={() => {
          onHide(!isHidden);
        }}
      />
      {!isFitted && (
        <>
          <Tool
            icon="up"
            title="Move up (Shift ↑)"
            onClick={() => {
              pan(0, -1);
            }}
          />
          <Tool
            icon="down"
            title="Move down (Shift ↓)"
            onClick={() => {
              pan(0, 1);
            }}
          />
          <Tool
            icon="left"
            title="Move left (Shift ←)"
            onClick={() => {
              pan(-1, 0);
            }}
          />
          <Tool
            icon="right"
            title="Move right (Shift →)"
            onClick={() => {
              pan(1, 0);
            }}
          />
        </>
      )}
    </div>
  );
}

interface ToolProps {
  icon: IconName;
  title: string;
  isPressed?: boolean;
  onClick: () => void;
}

function Tool({ icon, title, isPressed, onClick }: ToolProps) {
  return (
    <IconButton
      className={styles.tool}
      title={title}
      aria-label={title}
      aria-pressed={isPressed}
      onClick={onClick}
    >
      <Icon name={icon} />
    </IconButton>
  );
}
