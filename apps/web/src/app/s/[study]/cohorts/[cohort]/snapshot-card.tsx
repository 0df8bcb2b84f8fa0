import { RunDialogButton } from '@/cohorts/run-dialog-button';
import type { SnapshotLineFragment } from '@/gql/graphql';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { countOf, formatCount } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { LinkButton } from '@/ui/link-button';
import { ProgressBar } from '@/ui/progress-bar';
import { Time } from '@/ui/time';
import { diagnosisCountWords } from '@/ui/words';
import styles from './snapshot-card.module.css';

interface SnapshotCardProps {
  slug: string;
  snapshot: SnapshotLineFragment;
  versions: readonly { id: string; title: string }[];
  /** Images scored, by version. */
  scored: Record<string, number>;
  mayRun: boolean;
  mayEvaluate: boolean;
}

/** A frozen list of images, what is in it, and how far each version has scored it. */
export function SnapshotCard(props: SnapshotCardProps) {
  const { slug, snapshot, versions, scored, mayRun, mayEvaluate } = props;
  const isEvaluable = versions.some(({ id }) => (scored[id] ?? 0) > 0);
  return (
    <Card
      title={`Snapshot ${snapshot.code}`}
      aside={
        <>
          taken {snapshot.createdBy ? `by ${snapshot.createdBy.name} ` : ''}
          <Time at={snapshot.createdAt} />
        </>
      }
      actions={
        <>
          {mayEvaluate && isEvaluable && (
            <LinkButton size="small" href={`/s/${slug}/evaluations?new=${snapshot.id}`}>
              <Icon name="chart" size={14} /> Evaluate
            </LinkButton>
          )}
          {mayRun && versions.length > 0 && (
            <RunDialogButton
              slug={slug}
              snapshot={snapshot}
              versions={versions.map(({ id, title }) => ({ id, title, scored: scored[id] ?? 0 }))}
            />
          )}
        </>
      }
      footer={
        <>
          <Icon name="lock" size={14} />
          <span className={styles.hash}>sha256 {snapshot.contentHash}</span>
        </>
      }
    >
      <p className={styles.contents}>
        {[
          countOf(snapshot.imageCount, 'image'),
          countOf(snapshot.patientCount, 'patient'),
          `${formatCount(snapshot.imagesWithMask)} with mask`,
          ...snapshot.diagnosisCounts.map(diagnosisCountWords),
        ].join(' · ')}
      </p>
      {versions.length === 0 ? (
        <EmptyState icon="cube" title="No model version yet">
          Register a version under Models, then let it score this snapshot.
        </EmptyState>
      ) : (
        <Scored snapshot={snapshot} versions={versions} scored={scored} />
      )}
    </Card>
  );
}

function Scored({
  snapshot,
  versions,
  scored,
}: Pick<SnapshotCardProps, 'snapshot' | 'versions' | 'scored'>) {
  return (
    <ul className={styles.versions}>
      {versions.map(({ id, title }) => (
        <li key={id}>
          <span>{title}</span>
          <ProgressBar
            label={`${title}, images scored`}
            total={snapshot.imageCount}
            done={scored[id] ?? 0}
            finished={scored[id] === snapshot.imageCount}
          />
          <span className={styles.count}>
            {formatCount(scored[id] ?? 0)} of {formatCount(snapshot.imageCount)} scored
          </span>
        </li>
      ))}
    </ul>
  );
}
