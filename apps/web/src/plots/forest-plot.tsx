'use client';

import { useState, type KeyboardEvent } from 'react';
import { forestColumns, type ForestHeads } from './forest-columns';
import { Ground, Heads, Row } from './forest-marks';
import { placeRows, rowWords, stepRow, type ForestRow } from './forest-rows';
import styles from './plot.module.css';
import { linearScale } from './scale';
import { ticks } from './ticks';
import { useWidth } from './use-width';

export interface ForestLine {
  at: number;
  words?: string;
  /** Drawn through: no difference. Others are dashed. */
  isZero?: boolean;
}

export interface ForestPlotProps {
  label: string;
  rows: readonly ForestRow[];
  domain: readonly [number, number];
  format: (value: number) => string;
  lines: readonly ForestLine[];
  /** Right of it, a light ground: where the margin is kept. */
  shadedFrom?: number | undefined;
  heads: ForestHeads;
  /** Under the axis, to the right of zero. */
  direction?: string;
  hint: string;
  /** By key; a click or Enter on the row. */
  onChoose?: (key: string) => void;
}

const headHeight = 20;
const axisHeight = 36;
/** What a label such as `−0.025` needs. */
const tickPx = 46;

/** Estimates with their intervals on one axis, a row for each comparison or group. */
export function ForestPlot(props: ForestPlotProps) {
  const { label, rows, domain, onChoose, hint, heads } = props;
  const [box, width] = useWidth<HTMLDivElement>(420);
  const [picked, setPicked] = useState<number>();
  const { rows: placed, height } = placeRows(rows);
  const at = forestColumns(rows, heads, width);
  const x = linearScale(domain, [at.plot, at.plotEnd]);
  const pickedRow = picked === undefined ? undefined : rows[picked];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setPicked(undefined);
    if (event.key === 'Enter' && pickedRow && onChoose) onChoose(pickedRow.key);
    const by = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    setPicked(stepRow(rows, picked, by));
  };

  return (
    <div ref={box} className={styles.scroll}>
      <svg
        className={styles.plot}
        width={at.end}
        height={headHeight + height + axisHeight}
        role="img"
        aria-label={`${label}. Arrow keys step through the rows, ${onChoose ? 'Enter chooses one, ' : ''}T shows a table.`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerLeave={() => {
          setPicked(undefined);
        }}
      >
        <Heads heads={heads} at={at} />
        <g transform={`translate(0 ${headHeight})`}>
          <Ground
            {...props}
            // Labels nearer to each other would run together.
            ticks={ticks(domain, Math.max(2, Math.floor((at.plotEnd - at.plot) / tickPx)))}
            x={x}
            height={height}
            at={at}
          />
          {placed.map((row, index) => (
            <Row
              key={row.key}
              row={row}
              at={at}
              x={x}
              domain={domain}
              isPicked={index === picked}
              onPick={() => {
                if (!row.isHeading) setPicked(index);
              }}
              onChoose={
                onChoose && !row.isHeading
                  ? () => {
                      onChoose(row.key);
                    }
                  : undefined
              }
            />
          ))}
        </g>
      </svg>
      <div className={styles.readout} aria-live="polite">
        {pickedRow ? rowWords(pickedRow, heads.count ?? '') : hint}
      </div>
    </div>
  );
}
