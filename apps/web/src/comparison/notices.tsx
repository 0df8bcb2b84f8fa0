'use client';

import { Banner } from '@/ui/banner';
import {
  countOf,
  formatCount,
  formatDifference,
  formatDifferenceInterval,
  formatP,
} from '@/ui/format';
import { Link } from '@/ui/link';
import { ChangeLink, useDashboard, type Comparison } from './dashboard-context';
import { verdictWords } from './comparison-words';

/** What a reader must know before believing the verdict: shared training images, changed labels, left-out images. */
export function Notices() {
  const { comparison, evaluationId } = useDashboard();
  return (
    <>
      <Leakage />
      <Narrowed />
      {comparison.versions.map(({ slot, absence, modelVersion }) =>
        typeof absence === 'string' ? (
          <Banner key={slot} tone="info">
            <b>{modelVersion.title}:</b> {absence}
          </Banner>
        ) : null,
      )}
      {evaluationId === undefined && <ReferenceChanges />}
    </>
  );
}

function Leakage() {
  const { comparison } = useDashboard();
  const { trainingOverlaps, imageSet, withoutTrainingOverlap } = comparison;
  const question = comparison.question as { withoutTrainingOverlap?: boolean };
  const shared = trainingOverlaps.filter(({ counts }) => counts.total > 0);
  const unchecked = trainingOverlaps.filter(({ isDeclared }) => !isDeclared);
  const total = Math.max(0, ...shared.map(({ counts }) => counts.total));
  const isOut = question.withoutTrainingOverlap === true;
  return (
    <>
      {isOut && (
        <Banner
          tone="info"
          actions={
            <ChangeLink name="overlap" value={undefined}>
              Put them back
            </ChangeLink>
          }
        >
          <b>Images near to a training list are left out.</b> {countOf(imageSet.images, 'image')}{' '}
          remain of {formatCount(imageSet.snapshotImages)}.
        </Banner>
      )}
      {!isOut && shared.length > 0 && (
        <Banner
          tone="warn"
          actions={
            <>
              <a href="#overlap">See the {formatCount(total)}</a>
              <ChangeLink name="overlap" value="out">
                Leave them out
              </ChangeLink>
            </>
          }
        >
          <b>{overlapWords(comparison)}</b> {withoutTrainingOverlap && <Without />}
        </Banner>
      )}
      {unchecked.length > 0 && (
        <Banner tone="info">
          Overlap with training not checked for{' '}
          {unchecked.map(({ modelVersion }) => modelVersion.title).join(', ')}: no training list is
          declared.
        </Banner>
      )}
    </>
  );
}

/** "6 of the 300 images share a file or patient with the training list of v3." */
export function overlapWords({ trainingOverlaps, imageSet }: Comparison): string {
  return trainingOverlaps
    .filter(({ counts }) => counts.total > 0)
    .map(({ counts, modelVersion }) => {
      const by = [
        counts.sameFile > 0 ? 'the file' : '',
        counts.sameCode > 0 ? 'the name' : '',
        counts.sameLesion > 0 ? 'the lesion' : '',
        counts.samePatient > 0 ? 'the patient' : '',
      ].filter(Boolean);
      const share = counts.total === 1 ? 'image shares' : 'images share';
      return `${formatCount(counts.total)} of the ${formatCount(imageSet.snapshotImages)} ${share} ${by.join(' or ')} with the training list of ${modelVersion.title}.`;
    })
    .join(' ');
}

/** The same comparison without them, so that nobody has to guess what they did. */
function Without() {
  const { comparison, bySlot, task } = useDashboard();
  const found = comparison.withoutTrainingOverlap;
  const of = found?.tasks.find((one) => one.task === task);
  if (!found || !of) return null;
  return (
    <>
      Without them ({countOf(found.images, 'image')}, n⁺ {formatCount(of.positives)}):{' '}
      {of.differences.map(({ slot, difference: { value, low, high }, adjustedP, verdict }) =>
        typeof value === 'number' ? (
          <span key={slot}>
            {bySlot(slot).name} Δ AUC {formatDifference(value)}
            {typeof low === 'number' &&
              typeof high === 'number' &&
              ` ${formatDifferenceInterval(low, high)}`}
            {typeof adjustedP === 'number' && `, p ${formatP(adjustedP)}`},{' '}
            {verdictWords[verdict].words}.{' '}
          </span>
        ) : null,
      )}
    </>
  );
}

function Narrowed() {
  const { comparison } = useDashboard();
  const { imageSet } = comparison;
  if (imageSet.images === imageSet.snapshotImages && imageSet.leftOut.length === 0) return null;
  return (
    <Banner tone="info">
      {imageSet.isFiltered && (
        <>
          <b>Exploratory: narrowed to {countOf(imageSet.images, 'image')}</b> of{' '}
          {countOf(imageSet.patients, 'patient')}. Thresholds stay those of the whole set.{' '}
        </>
      )}
      {imageSet.leftOut.length > 0 &&
        `Left out: ${imageSet.leftOut.map(({ reason, images }) => `${formatCount(images)} ${reason}`).join('; ')}.`}
    </Banner>
  );
}

function ReferenceChanges() {
  const { comparison, slug } = useDashboard();
  const { diagnoses, masks } = comparison.referenceChanges;
  if (diagnoses + masks === 0) return null;
  const changed = [
    ...(diagnoses > 0 ? [countOf(diagnoses, 'diagnosis', 'diagnoses')] : []),
    ...(masks > 0 ? [countOf(masks, 'reference mask')] : []),
  ].join(' and ');
  return (
    <Banner
      tone="warn"
      actions={
        <Link href={`/s/${slug}/cohorts/${comparison.snapshot.cohort.id}`}>
          Take a new snapshot
        </Link>
      }
    >
      <b>{changed} changed since the snapshot was taken.</b> The numbers stand on the references of
      the snapshot.
    </Banner>
  );
}
