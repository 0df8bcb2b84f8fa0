'use client';

import Link from 'next/link';
import type { ImageRowFragment } from '@/gql/graphql';
import type { ListSelection } from '@/images/list-selection';
import { rowLayers } from '@/images/row-layers';
import { Thumbnail } from '@/images/thumbnail';
import { formatProportion } from '@/ui/format';
import { Check } from '@/ui/check';
import { VisuallyHidden } from '@/ui/visually-hidden';
import { diagnosisWords, sentence } from '@/ui/words';
import styles from './gallery.module.css';
import type { LoadedList } from './use-image-list';

export interface ImageViewProps {
  rows: readonly ImageRowFragment[];
  list: LoadedList;
  selection: ListSelection;
  onToggle: (index: number, isRange: boolean) => void;
  onToggleAll: () => void;
}

export function Gallery({ rows, list, selection, onToggle }: ImageViewProps) {
  return (
    <ul className={styles.gallery} aria-label="Images" aria-describedby="list-keys">
      {rows.map((row, index) => (
        <ImageCard
          key={row.id}
          {...{ row, list, index, onToggle }}
          isSelected={selection.wholeList || selection.selected.has(row.id)}
          isTabStop={index === Math.min(selection.focus, rows.length - 1)}
        />
      ))}
    </ul>
  );
}

interface ImageCardProps {
  row: ImageRowFragment;
  list: LoadedList;
  index: number;
  isSelected: boolean;
  isTabStop: boolean;
  onToggle: (index: number, isRange: boolean) => void;
}

function ImageCard({ row, list, index, isSelected, isTabStop, onToggle }: ImageCardProps) {
  const { diagnosis, patient } = row.lesion;
  return (
    <li className={styles.card} data-selected={isSelected || undefined}>
      <Link
        className={styles.link}
        href={list.viewerHref(row.code)}
        prefetch={false}
        data-index={index}
        tabIndex={isTabStop ? 0 : -1}
      >
        <Thumbnail
          className={styles.photo}
          code={row.code}
          url={row.thumbnailUrl}
          widthPx={row.widthPx}
          heightPx={row.heightPx}
          layers={list.outlines ? rowLayers(row, list.versions.slice(0, 1)) : []}
        />
        <span className={styles.words}>
          <span className={styles.code}>
            {row.code}
            {isSelected && <VisuallyHidden>, selected</VisuallyHidden>}
          </span>
          <span className={styles.line}>
            <span>
              {diagnosis ? sentence(diagnosisWords[diagnosis.diagnosis]) : 'No reference'}
            </span>
            <span title="Age and sex">{patientWords(patient)}</span>
          </span>
          <ScoreLine row={row} list={list} />
        </span>
      </Link>
      <span className={styles.check}>
        <Check
          tabIndex={-1}
          checked={isSelected}
          aria-label={`Select ${row.code}`}
          onClick={(event) => {
            onToggle(index, event.shiftKey);
          }}
          onChange={() => undefined}
        />
      </span>
      {row.quality === 'EXCLUDED' && <span className={styles.excluded}>excluded</span>}
    </li>
  );
}

/** `85 M`: age and sex as short as a card needs them. */
function patientWords({ ageYears, sex }: ImageRowFragment['lesion']['patient']): string {
  const age = typeof ageYears === 'number' ? (ageYears >= 85 ? '85+' : String(ageYears)) : '';
  const letter = sex ? { FEMALE: 'F', MALE: 'M', OTHER: 'other' }[sex] : '';
  return [age, letter].filter(Boolean).join(' ') || 'not recorded';
}

/** Of the first version shown. */
function ScoreLine({ row, list }: { row: ImageRowFragment; list: LoadedList }) {
  const [version] = list.versions;
  const prediction = row.predictions.find((p) => p.modelVersion.id === version?.id);
  if (!prediction)
    return (
      <span className={styles.line}>
        {version ? `Not scored by ${version.title}` : 'Not scored yet'}
      </span>
    );
  const score = { MELANOMA: 'Mel', SEBORRHEIC_KERATOSIS: 'SK' };
  return (
    <span className={styles.line}>
      <span className={styles.scores}>
        {prediction.scores.map(({ task, probability }) => (
          <span key={task}>
            {score[task]} <b>{formatProportion(probability)}</b>
          </span>
        ))}
      </span>
      <JaccardWords row={row} prediction={prediction} />
    </span>
  );
}

interface JaccardWordsProps {
  row: ImageRowFragment;
  prediction: ImageRowFragment['predictions'][number];
}

function JaccardWords({ row, prediction: { agreement, mask } }: JaccardWordsProps) {
  if (typeof agreement?.jaccard === 'number')
    return <span title="Jaccard to the reference">J {formatProportion(agreement.jaccard)}</span>;
  if (!mask) return null;
  if (!row.referenceMask)
    return <span title="No reference mask to compare with">no reference</span>;
  return <span title="Both masks are empty">J not defined</span>;
}
