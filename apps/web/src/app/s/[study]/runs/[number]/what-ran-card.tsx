import Link from 'next/link';
import type { RunDetailFragment } from '@/gql/graphql';
import { Card } from '@/ui/card';
import { Facts } from '@/ui/facts';
import { countOf, formatProportion, shortHash } from '@/ui/format';
import { Time } from '@/ui/time';
import styles from './run-view.module.css';

/** The exact inputs: with these, anybody can do the run again. */
export function WhatRanCard({ run, slug }: { run: RunDetailFragment; slug: string }) {
  const { modelVersion: version, snapshot } = run;
  return (
    <Card title="What ran">
      <Facts
        rows={[
          [
            'Model',
            <>
              <Link href={`/s/${slug}/models/${version.model.name}/${version.version}`}>
                {version.title}
              </Link>{' '}
              <span className={styles.mono} title={version.sha256}>
                sha256 {shortHash(version.sha256)}
              </span>
            </>,
          ],
          [
            'Cohort',
            snapshot ? (
              <>
                <Link href={`/s/${slug}/cohorts/${snapshot.cohort.id}`}>
                  {snapshot.cohort.name}
                </Link>
                , snapshot <span className={styles.mono}>{snapshot.code}</span>,{' '}
                {countOf(snapshot.imageCount, 'image')}
              </>
            ) : (
              'one image'
            ),
          ],
          [
            'Input',
            `${version.inputWidthPx} × ${version.inputHeightPx} px, RGB, ${version.fit === 'letterbox' ? 'letterboxed' : 'squashed'}`,
          ],
          [
            'Mask',
            version.hasMask
              ? `enlarged to the image's size as probability, cut at ${formatProportion(version.maskThreshold)}`
              : 'this version gives none',
          ],
          ['Same input again', 'stored results are kept; only missing images are scored'],
          ['Started', run.startedAt ? <Time at={run.startedAt} /> : 'not yet'],
          ['Ended', run.finishedAt ? <Time at={run.finishedAt} /> : 'not yet'],
        ]}
      />
    </Card>
  );
}
