'use client';

import TableCell from '@mui/material/TableCell';
import type { ImageRowFragment, Task } from '@/gql/graphql';
import { taskTokens, tokenOf } from '@/images/filter-tokens';
import { versionWord } from '@/images/image-list-address';
import { seriesOf } from '@/theme/series';
import { formatProportion, formatValue } from '@/ui/format';
import { VersionMarker } from '@/ui/version-marker';
import styles from './image-table.module.css';
import { SortHead } from './sort-head';
import type { ListedVersion, LoadedList } from './use-image-list';

/** Above it a score would be called positive, were this version's threshold not set otherwise. */
const UNFROZEN_THRESHOLD = 0.5;
const shortTask: Record<Task, string> = { MELANOMA: 'Mel', SEBORRHEIC_KERATOSIS: 'SK' };

export function ScoreHeads({ list }: { list: LoadedList }) {
  return list.versions.flatMap((version, index) => [
    ...version.tasks.map((task) => (
      <SortHead
        key={`${version.id} ${task}`}
        list={list}
        align="right"
        value={`score.${tokenOf(taskTokens, task)}.${versionWord(version)}`}
      >
        <span className={styles.key}>
          <VersionMarker slot={index + 1} />
          <span>
            {shortTask[task]} <span className={styles.version}>{version.title}</span>
          </span>
        </span>
      </SortHead>
    )),
    version.hasMask && (
      <SortHead
        key={`${version.id} jaccard`}
        list={list}
        align="right"
        value={`jaccard.${versionWord(version)}`}
      >
        <span className={styles.key}>
          <VersionMarker slot={index + 1} />
          <span>
            Jaccard <span className={styles.version}>{version.title}</span>
          </span>
        </span>
      </SortHead>
    ),
  ]);
}

export function ScoreCells({ row, list }: { row: ImageRowFragment; list: LoadedList }) {
  return list.versions.flatMap((version, index) => [
    ...version.tasks.map((task) => (
      <TableCell key={`${version.id} ${task}`} align="right" className={styles.figure}>
        <ScoreFigure row={row} version={version} task={task} />
      </TableCell>
    )),
    version.hasMask && (
      <TableCell key={`${version.id} jaccard`} align="right" className={styles.figure}>
        <JaccardFigure row={row} version={version} slot={index + 1} />
      </TableCell>
    ),
  ]);
}

interface FigureProps {
  row: ImageRowFragment;
  version: ListedVersion;
}

const predictionOf = ({ predictions }: ImageRowFragment, version: ListedVersion) =>
  predictions.find((p) => p.modelVersion.id === version.id);

function ScoreFigure({ row, version, task }: FigureProps & { task: Task }) {
  const score = predictionOf(row, version)?.scores.find((s) => s.task === task);
  if (!score) return <span className={styles.words}>not scored</span>;
  const text = formatValue(score.probability);
  return score.probability >= UNFROZEN_THRESHOLD ? <b>{text}</b> : text;
}

function JaccardFigure({ row, version, slot }: FigureProps & { slot: number }) {
  const prediction = predictionOf(row, version);
  if (!prediction) return <span className={styles.words}>not scored</span>;
  if (!row.referenceMask) return <span className={styles.words}>no reference mask</span>;
  const jaccard = prediction.agreement?.jaccard;
  if (typeof jaccard !== 'number')
    return <span className={styles.words}>not defined: both masks empty</span>;
  return (
    <span className={styles.jaccard}>
      <span className={styles.bar} aria-hidden>
        <i style={{ width: `${100 * jaccard}%`, background: seriesOf(slot).color }} />
      </span>
      {formatProportion(jaccard)}
    </span>
  );
}
