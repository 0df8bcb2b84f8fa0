import { countOf, formatCount } from '@/ui/format';
import { Icon, type IconName } from '@/ui/icon';
import styles from './import.module.css';
import type { Report } from './import-report';

interface CountCell {
  count: number;
  words: string;
  note: string;
  icon?: IconName;
  tone?: 'ok' | 'warn' | 'err' | 'info';
}

interface ReportCountsProps {
  report: Report;
  /** What was to come has come. */
  isApplied?: boolean;
}

export function ReportCounts({ report, isApplied = false }: ReportCountsProps) {
  return (
    <dl className={styles.counts}>
      {cellsOf(report, isApplied ? 'were' : 'will be').map(({ count, words, note, icon, tone }) => (
        <div key={words} data-tone={count > 0 ? tone : undefined}>
          <dt>{words}</dt>
          <dd>
            {formatCount(count)} {icon && <Icon name={icon} size={14} />}
          </dd>
          <dd className={styles.note}>{note}</dd>
        </div>
      ))}
    </dl>
  );
}

const cellsOf = (report: Report, willBe: string): CountCell[] => [
  {
    count: report.imagesRead,
    words: 'images read',
    note: countOf(report.masksRead, 'mask'),
  },
  {
    count: report.imagesToAdd,
    words: `images ${willBe} added`,
    note: `${countOf(report.lesionsToAdd, 'lesion')}, ${countOf(report.patientsToAdd, 'patient')}`,
    icon: 'plus',
    tone: 'ok',
  },
  {
    count: report.diagnosesToAdd,
    words: `diagnoses ${willBe} added`,
    note: countOf(report.masksToAdd, 'reference mask'),
    icon: 'plus',
    tone: 'ok',
  },
  {
    count: report.skipped,
    words: `${willBe} skipped`,
    note: 'already in the study, same bytes',
    icon: 'duplicate',
  },
  {
    count: report.withError,
    words: 'have an error',
    note: willBe === 'were' ? 'were left out' : 'must be fixed or left out',
    icon: 'error',
    tone: 'err',
  },
  {
    count: report.withWarning,
    words: 'have a warning',
    note: 'do not block',
    icon: 'warning',
    tone: 'warn',
  },
];
