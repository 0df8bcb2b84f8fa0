import { Card } from '@/ui/card';
import { estimateWords } from '@/ui/estimate';
import { Icon } from '@/ui/icon';
import { VersionMarker } from '@/ui/version-marker';
import { taskWords } from '@/ui/words';
import type { EvaluatedVersion, Evaluation } from './evaluation';
import styles from './dashboard.module.css';

/** The sentence people came for: what each version reaches, with its interval. */
export function Answer({ evaluation: { versions, snapshot } }: { evaluation: Evaluation }) {
  const [first, ...others] = versions;
  if (!first) return null;
  return (
    <Card>
      <div className={styles.answer} style={{ padding: 0 }}>
        <span className={styles.sign}>
          <Icon name="chart" />
        </span>
        <div>
          <h2>
            {first.modelVersion.title} on {snapshot.cohort.name}: {results(first)}.
          </h2>
          {others.length > 0 && (
            <ul>
              {others.map((version) => (
                <li key={version.modelVersion.id}>
                  <VersionMarker slot={version.slot} />
                  <span>
                    <b>{version.modelVersion.title}</b>: {results(version)}.
                  </span>
                </li>
              ))}
            </ul>
          )}
          <p className={styles.quiet}>
            Brackets: 95 % interval.
            {others.length > 0 &&
              ' Whether the versions differ is not tested here; overlapping intervals do not tell.'}
          </p>
        </div>
      </div>
    </Card>
  );
}

function results({ tasks, segmentation }: EvaluatedVersion): string {
  const parts = tasks.map(({ task, auc }) => `${taskWords[task]} AUC ${estimateWords(auc)}`);
  if (segmentation) parts.push(`mean Jaccard ${estimateWords(segmentation.meanJaccard)}`);
  return parts.join(', ') || 'it gives neither scores nor masks';
}
