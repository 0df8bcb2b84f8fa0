import { Banner } from '@/ui/banner';
import { countOf } from '@/ui/format';
import { Link } from '@/ui/link';
import type { Evaluation } from './evaluation';

/** Images that no statistic could use are said, with the way to them. */
export function LeftOut({ slug, evaluation }: { slug: string; evaluation: Evaluation }) {
  const { versions, snapshot } = evaluation;
  const images = `/s/${slug}/images?cohort=${snapshot.cohort.id}`;
  const withoutDiagnosis = Math.max(
    0,
    ...versions.flatMap(({ tasks }) => tasks.map((task) => task.withoutReference)),
  );
  const withoutMask = Math.max(0, ...versions.map((v) => v.segmentation?.withoutReference ?? 0));
  if (withoutDiagnosis + withoutMask === 0) return null;
  return (
    <Banner tone="warn">
      {withoutDiagnosis > 0 && (
        <>
          <b>{countOf(withoutDiagnosis, 'image')} without a diagnosis</b> left out of AUC.{' '}
          <Link href={`${images}&diagnosis=none`}>See them</Link>{' '}
        </>
      )}
      {withoutMask > 0 && (
        <>
          <b>{countOf(withoutMask, 'image')} without a reference mask</b> left out of Jaccard.{' '}
          <Link href={`${images}&mask=none`}>See them</Link>
        </>
      )}
    </Banner>
  );
}
