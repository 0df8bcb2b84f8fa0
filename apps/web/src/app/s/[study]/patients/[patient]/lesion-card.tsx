import { Thumbnail } from '@/images/thumbnail';
import { DiagnosisHistory } from '@/records/diagnosis-history';
import { Card } from '@/ui/card';
import { countOf } from '@/ui/format';
import { Link } from '@/ui/link';
import { sentence, siteWords } from '@/ui/words';
import { CorrectDiagnosis } from './correct-diagnosis';
import type { PatientRecord } from './page';
import styles from './patient.module.css';

interface LesionCardProps {
  lesion: PatientRecord['lesions'][number];
  patientCode: string;
  slug: string;
  mayEdit: boolean;
}

export function LesionCard({ lesion, patientCode, slug, mayEdit }: LesionCardProps) {
  const site = lesion.anatomicSite ? sentence(siteWords[lesion.anatomicSite]) : 'Site not recorded';
  return (
    <Card
      title={`Lesion ${lesion.code}`}
      aside={`${site}, ${countOf(lesion.images.length, 'image')}`}
    >
      <div className={styles.lesion}>
        {lesion.images.length === 0 ? (
          <p className={styles.quiet}>No image of this lesion yet.</p>
        ) : (
          <ul className={styles.images}>
            {lesion.images.map((image) => (
              <li key={image.id}>
                <Link
                  className={styles.image}
                  href={`/s/${slug}/images/${encodeURIComponent(image.code)}`}
                >
                  <Thumbnail
                    className={styles.photo}
                    code={image.code}
                    url={image.thumbnailUrl}
                    widthPx={image.widthPx}
                    heightPx={image.heightPx}
                  />
                  <span className={styles.imageCode}>{image.code}</span>
                  <span className={styles.quiet}>
                    {typeof image.dayOfStudy === 'number'
                      ? `day ${image.dayOfStudy}`
                      : 'day not recorded'}
                    {image.quality === 'EXCLUDED' && ', excluded'}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )}
        <div>
          <h3>Reference diagnosis</h3>
          {lesion.diagnosisHistory.length === 0 ? (
            <p className={styles.quiet}>None yet.</p>
          ) : (
            <DiagnosisHistory history={lesion.diagnosisHistory} className={styles.history} />
          )}
          {mayEdit && <CorrectDiagnosis lesion={lesion} patientCode={patientCode} slug={slug} />}
        </div>
      </div>
    </Card>
  );
}
