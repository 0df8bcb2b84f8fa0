'use client';

import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import type { ComparisonInput, TrainingOverlapImagesQuery as Answer } from '@/gql/graphql';
import { Thumbnail } from '@/images/thumbnail';
import { Card } from '@/ui/card';
import { countOf } from '@/ui/format';
import { Link } from '@/ui/link';
import { TrainingOverlapImagesQuery } from './training-overlap.query';
import { useDashboard } from './dashboard-context';
import styles from './dashboard.module.css';

type Overlap = NonNullable<Answer['comparison']>['trainingOverlaps'][number];

const kindWords: Record<Overlap['images']['edges'][number]['node']['kind'], string> = {
  FILE: 'the same file was trained on',
  CODE: 'an image of this name was trained on',
  LESION: 'the lesion was trained on',
  PATIENT: 'the patient was trained on',
};

/** The images that flatter a version, each with the reason, a click from the viewer. */
export function OverlapCard() {
  const { comparison, input, slug } = useDashboard();
  const has = comparison.trainingOverlaps.some(({ counts }) => counts.total > 0);
  const overlaps = useOverlaps(has ? JSON.stringify(input) : undefined);
  if (!has) return null;
  return (
    <Card id="overlap" title="Near to a training list">
      {overlaps
        ?.filter(({ images }) => images.totalCount > 0)
        .map(({ modelVersion, images }) => (
          <div key={modelVersion.id}>
            <h3>
              {modelVersion.title}: {countOf(images.totalCount, 'image')}
              {images.totalCount > images.edges.length && `, the first ${images.edges.length}`}
            </h3>
            <ul className={styles.gallery}>
              {images.edges.map(({ node: { image, kind } }) => (
                <li key={image.id}>
                  <Link href={`/s/${slug}/images/${image.code}`}>
                    <Thumbnail
                      code={image.code}
                      url={image.thumbnailUrl}
                      widthPx={image.widthPx}
                      heightPx={image.heightPx}
                      className={styles.galleryThumb ?? ''}
                    />
                    <span className={styles.galleryFacts}>
                      <b className={styles.mono}>{image.code}</b>
                      <span>{kindWords[kind]}</span>
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        )) ?? <p className={styles.small}>Looking for the images…</p>}
    </Card>
  );
}

function useOverlaps(input: string | undefined): readonly Overlap[] | undefined {
  const client = useApolloClient();
  const [found, setFound] = useState<{ input: string; overlaps: readonly Overlap[] }>();
  useEffect(() => {
    if (input === undefined) return;
    const controller = new AbortController();
    client
      .query({
        query: TrainingOverlapImagesQuery,
        variables: { input: JSON.parse(input) as ComparisonInput },
        fetchPolicy: 'no-cache',
      })
      .then(
        ({ data }) => {
          if (!controller.signal.aborted)
            setFound({ input, overlaps: data?.comparison.trainingOverlaps ?? [] });
        },
        // The banner above says how many; without the pictures the comparison still stands.
        () => undefined,
      );
    return () => {
      controller.abort();
    };
  }, [client, input]);
  return found?.input === input ? found?.overlaps : undefined;
}
