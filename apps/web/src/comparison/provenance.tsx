'use client';

import type { ReactNode } from 'react';
import { countOf, formatCount, shortHash } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { Link } from '@/ui/link';
import { Time } from '@/ui/time';
import { useDashboard } from './dashboard-context';
import styles from './dashboard.module.css';

/** What anybody needs to compute the same again, and to see that it is the same. */
export function Provenance({ children }: { children?: ReactNode }) {
  const { comparison, slug } = useDashboard();
  const { snapshot, versions, method, imageSet, inputsHash } = comparison;
  const leftOut = imageSet.leftOut.reduce((sum, { images }) => sum + images, 0);
  return (
    <footer className={styles.provenance} aria-label="Provenance">
      <Icon name="lock" size={14} />
      <span title={snapshot.contentHash}>
        Snapshot <b className={styles.mono}>{snapshot.code}</b> of <Time at={snapshot.createdAt} />
      </span>
      <span>
        {countOf(imageSet.images, 'image')}, {countOf(imageSet.patients, 'patient')}
      </span>
      {versions.map(({ modelVersion }) => (
        <span key={modelVersion.id} title={modelVersion.sha256}>
          {modelVersion.title}{' '}
          <span className={styles.mono}>sha256 {shortHash(modelVersion.sha256)}</span>
        </span>
      ))}
      <span>
        metric set {method.metricSet}, code {method.metricsVersion}
      </span>
      <span title={inputsHash}>
        inputs <span className={styles.mono}>{shortHash(inputsHash)}</span>
      </span>
      <span>
        bootstrap {formatCount(method.replicates)}, seed {method.seed}
      </span>
      {children}
      <span className={styles.method}>{method.sentence}</span>
      {leftOut > 0 && (
        <Link href={`/s/${slug}/cohorts/${snapshot.cohort.id}`}>
          {countOf(leftOut, 'image')} left out
        </Link>
      )}
    </footer>
  );
}
