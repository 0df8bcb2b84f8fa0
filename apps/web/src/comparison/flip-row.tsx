import type { ComparedImageFactsFragment } from '@/gql/graphql';
import { Thumbnail } from '@/images/thumbnail';
import { formatValue } from '@/ui/format';
import { Link } from '@/ui/link';
import { VersionMarker } from '@/ui/version-marker';
import { ageWords, sexWords, siteWords } from '@/ui/words';
import styles from './dashboard.module.css';

export interface ImageLayers {
  layers: Parameters<typeof Thumbnail>[0]['layers'];
  href: string;
}

interface FlipRowProps extends ImageLayers {
  image: ComparedImageFactsFragment;
  /** The two versions whose calls differ. */
  slots: readonly number[];
}

/** One image whose call changed: the photograph with both outlines, who it is, and what each version says. */
export function FlipRow({ image: { image, answers }, slots, layers, href }: FlipRowProps) {
  return (
    <Link href={href} className={styles.flip}>
      <Thumbnail
        code={image.code}
        url={image.thumbnailUrl}
        widthPx={image.widthPx}
        heightPx={image.heightPx}
        layers={layers}
        className={styles.flipThumb}
      />
      <span className={styles.flipFacts}>
        <b className={styles.mono}>{image.code}</b>
        <small>{patientWords(image.lesion)}</small>
      </span>
      <span className={styles.calls}>
        {answers
          .filter(({ slot }) => slots.includes(slot))
          .map((answer) => (
            <CallLine key={answer.slot} answer={answer} />
          ))}
      </span>
    </Link>
  );
}

export function CallLine({ answer }: { answer: ComparedImageFactsFragment['answers'][number] }) {
  const { slot, score, threshold, isCalled } = answer;
  if (typeof score !== 'number')
    return (
      <div>
        <VersionMarker slot={slot} /> no score
      </div>
    );
  return (
    <div>
      <VersionMarker slot={slot} />
      <b>{formatValue(score)}</b>
      {isCalled
        ? 'called'
        : `below ${typeof threshold === 'number' ? formatValue(threshold) : 'its threshold'}`}
    </div>
  );
}

/** "85 or older, male, shin": what is recorded, and nothing in place of what is not. */
export function patientWords({
  anatomicSite,
  patient,
}: ComparedImageFactsFragment['image']['lesion']): string {
  const words = [
    typeof patient.ageYears === 'number' ? ageWords(patient.ageYears) : undefined,
    patient.sex ? sexWords[patient.sex] : undefined,
    anatomicSite ? siteWords[anatomicSite] : undefined,
  ].filter((word) => word !== undefined);
  return words.length > 0 ? words.join(', ') : 'no record of age, sex or site';
}
