import Link from 'next/link';
import type { ViewerImageFragment } from '@/gql/graphql';
import { Thumbnail } from '@/images/thumbnail';
import { countOf } from '@/ui/format';
import { ageWords, sentence, sexWords, siteWords } from '@/ui/words';
import styles from './panel.module.css';

/** Enough to see that there are more; the patient's page has them all. */
const MAX_THUMBNAILS = 6;

export function PatientSection({ image, slug }: { image: ViewerImageFragment; slug: string }) {
  const { lesion } = image;
  const { patient } = lesion;
  const others = patient.lesions
    .flatMap(({ images }) => images)
    .filter(({ id }) => id !== image.id);
  const hidden = others.length - MAX_THUMBNAILS;
  return (
    <section aria-labelledby="patient">
      <div className={styles.head}>
        <h2 id="patient">
          Patient{' '}
          <Link href={`/s/${slug}/patients/${encodeURIComponent(patient.code)}`}>
            {patient.code}
          </Link>
        </h2>
        <span className={styles.aside}>
          {patient.consent === 'ACTIVE' ? 'consent active' : 'consent withdrawn'}
        </span>
      </div>
      <dl className={styles.facts}>
        <dt>Age, sex</dt>
        <dd>
          {typeof patient.ageYears === 'number' ? ageWords(patient.ageYears) : 'age not recorded'},{' '}
          {patient.sex ? sexWords[patient.sex] : 'sex not recorded'}
        </dd>
        <dt>Skin type</dt>
        <dd>{patient.skinType ?? 'not recorded'}</dd>
        <dt>Site</dt>
        <dd>
          {lesion.anatomicSite ? sentence(siteWords[lesion.anatomicSite]) : 'not recorded'} · lesion{' '}
          {lesion.code}, {countOf(patient.lesionCount, 'lesion')} in all
        </dd>
        <dt>Same patient</dt>
        <dd className={styles.thumbs}>
          {others.slice(0, MAX_THUMBNAILS).map((other) => (
            <Link
              key={other.id}
              href={`/s/${slug}/images/${encodeURIComponent(other.code)}`}
              aria-label={other.code}
              title={other.code}
            >
              <Thumbnail
                className={styles.thumb}
                code={other.code}
                url={other.thumbnailUrl}
                widthPx={other.widthPx}
                heightPx={other.heightPx}
              />
            </Link>
          ))}
          {others.length === 0 && 'no other image'}
          {hidden > 0 && <span className={styles.quiet}>{countOf(hidden, 'more image')}</span>}
        </dd>
      </dl>
    </section>
  );
}
