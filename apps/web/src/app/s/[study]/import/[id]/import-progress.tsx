import type { ImportOnPageFragment } from '@/gql/graphql';
import { Banner } from '@/ui/banner';
import { Card } from '@/ui/card';
import { formatCount } from '@/ui/format';
import { ProgressBar } from '@/ui/progress-bar';
import styles from './import.module.css';

interface ImportProgressProps {
  current: ImportOnPageFragment;
  isStale: boolean;
}

export function ImportProgress({ current, isStale }: ImportProgressProps) {
  const { state, doneCount, totalCount } = current;
  const isChecking = state === 'CHECKING';
  return (
    <>
      {isStale && (
        <Banner tone="warn" live>
          Live updates paused: the server does not answer. The work goes on without this page.
        </Banner>
      )}
      <Card title={isChecking ? 'Checking the files' : 'Writing to the study'}>
        <ProgressBar
          label={isChecking ? 'Check' : 'Apply'}
          total={Math.max(totalCount, 1)}
          done={doneCount}
          height={10}
        />
        <p className={styles.quiet} style={{ marginTop: 8 }}>
          {totalCount > 0
            ? `${formatCount(doneCount)} of ${formatCount(totalCount)} done. `
            : 'Waiting to begin. '}
          {isChecking
            ? 'Each image and mask is read to its last pixel. You can close this page.'
            : 'All or nothing is written, so closing this page does no harm.'}
        </p>
      </Card>
    </>
  );
}
