'use client';

import { versionWord } from '@/images/image-list-address';
import { seriesOf } from '@/theme/series';
import { Check } from '@/ui/check';
import { Kbd } from '@/ui/kbd';
import { Segmented } from '@/ui/segmented';
import styles from './layer-bar.module.css';
import type { ViewerState } from './use-viewer';

const modes = [
  { value: 'outline', words: 'Outline' },
  { value: 'fill', words: 'Fill' },
] as const;

/** Under the image, so nothing covers it. */
export function LayerBar({ viewer }: { viewer: ViewerState }) {
  const { image, versions, look, changeLook } = viewer;
  return (
    <div className={styles.bar} role="group" aria-label="Masks">
      <LayerToggle
        viewer={viewer}
        layer="ref"
        slot={0}
        name="Reference"
        note={image && (image.referenceMask?.author?.name ?? (image.referenceMask ? '' : 'none'))}
      />
      {versions.map((version, index) => {
        if (!version.hasMask) return null;
        const prediction = image?.predictions.find((p) => p.modelVersion.id === version.id);
        return (
          <LayerToggle
            key={version.id}
            viewer={viewer}
            layer={versionWord(version)}
            slot={index + 1}
            name={version.title}
            note={image && (prediction?.mask ? '' : prediction ? 'no mask' : 'not scored')}
          />
        );
      })}
      <span className={styles.space} />
      <Segmented
        label="Mask drawing"
        onStage
        value={look.mode}
        options={modes}
        onChange={(mode) => {
          changeLook({ mode });
        }}
      />
      <label className={styles.opacity}>
        Opacity
        <input
          type="range"
          min={0}
          max={100}
          step={5}
          value={look.opacity}
          onChange={(event) => {
            changeLook({ opacity: Number(event.target.value) });
          }}
        />
        <span className={styles.percent}>{look.opacity} %</span>
      </label>
      <span className={styles.hint}>
        hold <Kbd>H</Kbd> to hide
      </span>
    </div>
  );
}

interface LayerToggleProps {
  viewer: ViewerState;
  layer: string;
  slot: number;
  name: string;
  /** Who drew it, or why there is nothing to see. */
  note: string | undefined;
}

function LayerToggle({ viewer, layer, slot, name, note }: LayerToggleProps) {
  return (
    <label className={styles.layer}>
      <Check
        className={styles.check}
        checked={viewer.visible.includes(layer)}
        onChange={() => {
          viewer.toggleLayer(layer);
        }}
      />
      <svg className={styles.swatch} viewBox="0 0 30 12" aria-hidden>
        <path d="M2 6h26" className={styles.casing} />
        <path
          d="M2 6h26"
          stroke={slot === 0 ? 'var(--m-ref)' : seriesOf(slot).maskColor}
          strokeDasharray={slot === 0 ? undefined : seriesOf(slot).maskDash}
          strokeWidth={2}
        />
      </svg>
      <b>{name}</b>
      {note ? <span className={styles.hint}>{note}</span> : null}
      <Kbd>{slot + 1}</Kbd>
    </label>
  );
}
