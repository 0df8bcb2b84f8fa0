import type { ReactNode } from 'react';
import type { StudySummary } from './summary';
import { formatCount } from '@/ui/format';
import { Icon, type IconName } from '@/ui/icon';
import { Link } from '@/ui/link';
import { ProgressBar } from '@/ui/progress-bar';
import styles from './overview.module.css';

/** How much there is, and how much of it has a reference. Each count leads to what it counts. */
export function SummaryCounts({ slug, summary }: { slug: string; summary: StudySummary }) {
  const base = `/s/${slug}`;
  const excluded = summary.images - summary.acceptedImages;
  return (
    <div className={styles.counts}>
      <Count href={`${base}/patients`} icon="users" label="Patients" count={summary.patients} />
      <Count href={`${base}/patients`} icon="layers" label="Lesions" count={summary.lesions} />
      <Count
        href={`${base}/images`}
        icon="image"
        label="Images"
        count={summary.images}
        note={`${formatCount(summary.acceptedImages)} accepted${excluded > 0 ? ` · ${formatCount(excluded)} excluded` : ''}`}
      />
      <Count
        href={`${base}/images?diagnosis=yes`}
        icon="check"
        label="Diagnosis reference"
        count={summary.imagesWithDiagnosis}
        of={summary.images}
      />
      <Count
        href={`${base}/images?mask=yes`}
        icon="image"
        label="Mask reference"
        count={summary.imagesWithMask}
        of={summary.images}
      />
    </div>
  );
}

interface CountProps {
  href: string;
  icon: IconName;
  label: string;
  count: number;
  of?: number;
  note?: ReactNode;
}

function Count({ href, icon, label, count, of, note }: CountProps) {
  return (
    <Link href={href} className={styles.count}>
      <span className={styles.label}>
        <Icon name={icon} size={14} /> {label}
      </span>
      <div className={styles.big}>
        {formatCount(count)} {of !== undefined && <span>/ {formatCount(of)}</span>}
      </div>
      {note !== undefined && <div className={styles.note}>{note}</div>}
      {of !== undefined && (
        <div className={styles.bar}>
          <ProgressBar label={label} total={of} done={count} height={5} />
        </div>
      )}
    </Link>
  );
}
