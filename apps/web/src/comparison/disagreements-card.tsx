'use client';

import { useState } from 'react';
import type { ComparedImageFactsFragment, DisagreementOrder } from '@/gql/graphql';
import { Thumbnail } from '@/images/thumbnail';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { Card } from '@/ui/card';
import { countOf, formatValue } from '@/ui/format';
import { Link } from '@/ui/link';
import { VersionMarker } from '@/ui/version-marker';
import { diagnosisWords, sentence } from '@/ui/words';
import { changeWords } from './comparison-words';
import { useDashboard, type NamedVersion } from './dashboard-context';
import styles from './dashboard.module.css';
import { CallLine } from './flip-row';
import { useComparedImages } from './use-compared-images';
import { useImageLayers } from './use-image-layers';

const pageSize = 12;

type Order = DisagreementOrder | 'CHANGED';

const orders: readonly (readonly [Order, string])[] = [
  ['CHANGED', 'Changed calls'],
  ['SCORE_DIFFERENCE', 'Scores differ most'],
  ['REFERENCE_DIFFERENCE', 'Farthest from the diagnosis'],
  ['JACCARD_DIFFERENCE', 'Masks differ most'],
  ['LOWEST_JACCARD', 'Farthest from the reference mask'],
];

/** The pictures behind the numbers: where versions differ most, with both outlines, a click from the viewer. */
export function DisagreementsCard() {
  const { versions, other, task } = useDashboard();
  const [baseline] = versions;
  const version = other ?? baseline;
  const [order, setOrder] = useState<Order>(other ? 'CHANGED' : 'REFERENCE_DIFFERENCE');
  const [first, setFirst] = useState(pageSize);
  const answer = useComparedImages(
    version && {
      task,
      modelVersionId: version.id,
      first,
      list: order === 'CHANGED' ? { changes: ['FOUND', 'LOST', 'CLEARED', 'CALLED'] } : { order },
    },
  );
  if (!version || !baseline) return null;
  const page = answer.state === 'ready' ? answer.page : undefined;
  const offered = orders.filter(([value]) => other !== undefined || !needsTwo.includes(value));
  return (
    <Card
      id="disagreements"
      title={other ? `Images, ${baseline.name} and ${other.name}` : `Images, ${baseline.name}`}
      aside={page && countOf(page.totalCount, 'image')}
      actions={
        <select
          className={styles.choice}
          aria-label="Which images come first"
          value={order}
          onChange={(event) => {
            setOrder(event.target.value as Order);
            setFirst(pageSize);
          }}
        >
          {offered.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      }
    >
      {answer.state === 'failed' && <p className={styles.small}>{answer.message}</p>}
      {answer.state === 'loading' && <Skeleton variant="rounded" height={180} />}
      {page?.totalCount === 0 && <p className={styles.small}>No image of this kind.</p>}
      {page && <Gallery images={page.images} versions={other ? [baseline, other] : [baseline]} />}
      {page && page.totalCount > page.images.length && (
        <Button
          size="small"
          onClick={() => {
            setFirst(first + 2 * pageSize);
          }}
        >
          Show {Math.min(2 * pageSize, page.totalCount - page.images.length)} more
        </Button>
      )}
    </Card>
  );
}

const needsTwo: readonly Order[] = ['CHANGED', 'SCORE_DIFFERENCE', 'JACCARD_DIFFERENCE'];

interface GalleryProps {
  images: readonly ComparedImageFactsFragment[];
  versions: readonly NamedVersion[];
}

function Gallery({ images, versions }: GalleryProps) {
  const { task } = useDashboard();
  const layersOf = useImageLayers(versions);
  return (
    <ul className={styles.gallery}>
      {images.map((one) => {
        const { layers, href } = layersOf(one);
        const { image, diagnosis, change } = one;
        return (
          <li key={image.id}>
            <Link href={href}>
              <Thumbnail
                code={image.code}
                url={image.thumbnailUrl}
                widthPx={image.widthPx}
                heightPx={image.heightPx}
                layers={layers ?? []}
                className={styles.galleryThumb}
              />
              <span className={styles.galleryFacts}>
                <b className={styles.mono}>{image.code}</b>
                <span>
                  {diagnosis ? sentence(diagnosisWords[diagnosis]) : 'No diagnosis'}
                  {change && `, ${changeWords(task)[change].title}`}
                </span>
                <AnswerLines image={one} versions={versions} />
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

function AnswerLines({
  image: { answers },
  versions,
}: {
  image: ComparedImageFactsFragment;
  versions: readonly NamedVersion[];
}) {
  return answers
    .filter(({ slot }) => versions.some((version) => version.slot === slot))
    .map((answer) => (
      <span key={answer.slot} className={styles.answers}>
        {typeof answer.score === 'number' ? (
          <CallLine answer={answer} />
        ) : (
          <VersionMarker slot={answer.slot} />
        )}
        {typeof answer.jaccard === 'number' ? `J ${formatValue(answer.jaccard)}` : 'no Jaccard'}
      </span>
    ));
}
