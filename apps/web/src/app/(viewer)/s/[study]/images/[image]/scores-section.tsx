'use client';

import type { Task, ViewerImageFragment } from '@/gql/graphql';
import { seriesOf } from '@/theme/series';
import { formatProportion } from '@/ui/format';
import { VersionMarker } from '@/ui/version-marker';
import { sentence, taskWords } from '@/ui/words';
import { ScoreIt } from './score-it';
import styles from './panel.module.css';
import type { ViewerState } from './use-viewer';
import type { ViewerVersion } from './viewer';

/** Where a call would change were nothing else agreed; no threshold of a version is frozen yet. */
const UNFROZEN_THRESHOLD = 0.5;

interface ScoresSectionProps {
  image: ViewerImageFragment;
  viewer: ViewerState;
  mayScore: boolean;
}

export function ScoresSection({ image, viewer, mayScore }: ScoresSectionProps) {
  const { versions } = viewer;
  const tasks = (['MELANOMA', 'SEBORRHEIC_KERATOSIS'] as const).filter((task) =>
    versions.some((version) => version.tasks.includes(task)),
  );
  const unscored = versions.filter(
    ({ id }) => !image.predictions.some((p) => p.modelVersion.id === id),
  );
  return (
    <section aria-labelledby="scores">
      <div className={styles.head}>
        <h2 id="scores">Scores</h2>
        <span className={styles.aside}>threshold 0.5, not frozen</span>
      </div>
      {versions.length === 0 && (
        <p className={styles.quiet}>No model version is registered, so there is nothing to show.</p>
      )}
      {tasks.map((task) => (
        <div key={task}>
          <h3 className={styles.task}>{sentence(taskWords[task])}</h3>
          {versions.map((version, index) => (
            <ScoreLine
              key={version.id}
              image={image}
              version={version}
              slot={index + 1}
              task={task}
            />
          ))}
        </div>
      ))}
      {unscored.map((version) => (
        <ScoreIt
          key={`${image.id} ${version.id}`}
          image={image}
          version={version}
          mayScore={mayScore}
          onScored={viewer.reload}
        />
      ))}
    </section>
  );
}

interface ScoreLineProps {
  image: ViewerImageFragment;
  version: ViewerVersion;
  slot: number;
  task: Task;
}

function ScoreLine({ image, version, slot, task }: ScoreLineProps) {
  if (!version.tasks.includes(task)) return null;
  const score = image.predictions
    .find((p) => p.modelVersion.id === version.id)
    ?.scores.find((s) => s.task === task)?.probability;
  return (
    <div className={styles.score}>
      <span className={styles.version} title={version.title}>
        <VersionMarker slot={slot} /> {version.title}
      </span>
      {score === undefined ? (
        <span className={styles.quiet}>not scored</span>
      ) : (
        <>
          <ScoreTrack score={score} slot={slot} />
          <b className={styles.figure}>{formatProportion(score)}</b>
          <span className={styles.call}>
            {score >= UNFROZEN_THRESHOLD ? 'Above' : 'Below'} the threshold
          </span>
        </>
      )}
    </div>
  );
}

const TRACK_PX = 190;

function ScoreTrack({ score, slot }: { score: number; slot: number }) {
  const { color } = seriesOf(slot);
  const x = (value: number) => 6 + value * (TRACK_PX - 12);
  return (
    <svg className={styles.track} viewBox={`0 0 ${TRACK_PX} 20`} aria-hidden>
      <rect x={6} y={8} width={TRACK_PX - 12} height={4} rx={2} fill="var(--subtle)" />
      <rect x={6} y={8} width={x(score) - 6} height={4} rx={2} fill={color} opacity={0.4} />
      <path d={`M${x(UNFROZEN_THRESHOLD)} 2v16`} stroke="var(--text)" strokeWidth={1.5} />
      <g transform={`translate(${x(score) - 5.5} 4.5)`}>
        <VersionMarker slot={slot} />
      </g>
    </svg>
  );
}
