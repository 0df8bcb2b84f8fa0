import { Banner } from '@/ui/banner';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { formatCount } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { Link } from '@/ui/link';
import { StateChip, type Tone } from '@/ui/state-chip';
import styles from './overview.module.css';
import type { StudySummary } from './summary';

/** What keeps images out of the statistics, the worst first; each leads to the images it is about. */
export function DataQuality({ slug, summary }: { slug: string; summary: StudySummary }) {
  const base = `/s/${slug}/images`;
  const problems: ProblemProps[] = [
    {
      count: summary.images - summary.imagesWithDiagnosis,
      tone: 'warn',
      title: 'No diagnosis reference',
      words: 'Left out of every AUC until added',
      href: `${base}?diagnosis=none`,
    },
    {
      count: summary.images - summary.imagesWithMask,
      tone: 'warn',
      title: 'No reference mask',
      words: 'Left out of Jaccard until added',
      href: `${base}?mask=none`,
    },
    {
      count: summary.images - summary.acceptedImages,
      tone: 'info',
      title: 'Excluded by quality check',
      words: 'In no new cohort unless a filter asks for them',
      href: `${base}?quality=excluded`,
    },
  ];
  const found = problems.filter(({ count }) => count > 0);
  return (
    <Card title="Data quality">
      {summary.images === 0 && (
        <EmptyState icon="image" title="No image yet">
          Once images are imported, what they lack is listed here.
        </EmptyState>
      )}
      {summary.images > 0 && found.length === 0 && (
        <Banner tone="ok">Every image is accepted and has a diagnosis and a reference mask.</Banner>
      )}
      {found.map((problem) => (
        <Problem key={problem.title} {...problem} />
      ))}
    </Card>
  );
}

interface ProblemProps {
  count: number;
  tone: Extract<Tone, 'warn' | 'info'>;
  title: string;
  words: string;
  href: string;
}

function Problem({ count, tone, title, words, href }: ProblemProps) {
  return (
    <Link href={href} className={styles.problem}>
      <StateChip tone={tone} icon={tone === 'warn' ? 'warning' : 'info'}>
        {formatCount(count)}
      </StateChip>
      <span>
        <b>{title}</b>
        <small>{words}</small>
      </span>
      <Icon name="right" size={14} />
    </Link>
  );
}
