import { Icon } from '@/ui/icon';
import { shortHash } from '@/ui/format';
import { Time } from '@/ui/time';
import type { Evaluation } from './evaluation';
import styles from './dashboard.module.css';

/** What anybody needs to compute the same again, and to see that it is the same. */
export function Provenance({ evaluation }: { evaluation: Evaluation }) {
  const { snapshot, versions, metricSet, metricsVersion, inputsHash } = evaluation;
  return (
    <footer className={styles.provenance} aria-label="Provenance">
      <Icon name="lock" size={14} />
      <span>
        Snapshot <span className={styles.mono}>{snapshot.code}</span> of{' '}
        <Time at={snapshot.createdAt} />
      </span>
      <Hash name="content" hash={snapshot.contentHash} />
      <Hash name="inputs" hash={inputsHash} />
      {versions.map(({ modelVersion }) => (
        <Hash key={modelVersion.id} name={modelVersion.title} hash={modelVersion.sha256} />
      ))}
      <span>
        metric set {metricSet} {metricsVersion}
      </span>
      <span>intervals: {methods(evaluation)}</span>
      <span>
        computed <Time at={evaluation.createdAt} />
        {evaluation.createdBy && ` for ${evaluation.createdBy.name}`}
      </span>
    </footer>
  );
}

const Hash = ({ name, hash }: { name: string; hash: string }) => (
  <span title={hash}>
    {name} <span className={styles.mono}>sha256 {shortHash(hash)}</span>
  </span>
);

function methods({ versions }: Evaluation) {
  const found = versions.flatMap(({ tasks, segmentation }) => [
    ...tasks.map(({ auc }) => `AUC ${auc.method}`),
    ...(segmentation ? [`Jaccard ${segmentation.meanJaccard.method}`] : []),
  ]);
  return [...new Set(found)].join('; ') || 'none';
}
