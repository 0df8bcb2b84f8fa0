import { Answer } from './answer';
import styles from './dashboard.module.css';
import type { Evaluation } from './evaluation';
import { LeftOut } from './left-out';
import { RocCard } from './roc-card';
import { SegmentationCard } from './segmentation-card';
import { shownIn } from './evaluation';
import { taskCurves } from './task-curves';

const tasks = ['MELANOMA', 'SEBORRHEIC_KERATOSIS'] as const;

interface EarlierDashboardProps {
  slug: string;
  isSynthetic: boolean;
  evaluation: Evaluation;
}

/** Evaluations frozen before comparisons were kept: each version by itself. */
export function EarlierDashboard({ slug, isSynthetic, evaluation }: EarlierDashboardProps) {
  const { snapshot, versions, metricSet, metricsVersion } = evaluation;
  const kind = isSynthetic ? 'Synthetic images. ' : '';
  const source = `${kind}${snapshot.cohort.name}, snapshot ${snapshot.code}, metric set ${metricSet} ${metricsVersion}`;
  return (
    <>
      <Answer evaluation={evaluation} />
      <LeftOut slug={slug} evaluation={evaluation} />
      <div className={styles.plots}>
        {tasks.map((task) => (
          <RocCard
            key={task}
            task={task}
            curves={taskCurves(evaluation, task)}
            source={source}
            code={snapshot.code}
            shown={shownIn(evaluation, { kind: 'auc', task })}
          />
        ))}
        <SegmentationCard
          versions={versions.flatMap(({ slot, modelVersion, segmentation }) =>
            segmentation ? [{ slot, title: modelVersion.title, of: segmentation }] : [],
          )}
          source={source}
          code={snapshot.code}
          shown={shownIn(evaluation, { kind: 'segmentation' })}
        />
      </div>
    </>
  );
}
