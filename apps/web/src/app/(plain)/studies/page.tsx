import type { Metadata } from 'next';
import { query } from '@/apollo/server';
import type { StudiesQuery as Answer } from '@/gql/graphql';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { countOf } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { Link } from '@/ui/link';
import { PageHeader } from '@/ui/page-header';
import { StateChip } from '@/ui/state-chip';
import { SyntheticChip } from '@/ui/synthetic-chip';
import { roleWords } from '@/ui/words';
import { CreateStudy } from './create-study';
import { StudiesQuery } from './studies.query';
import styles from './studies.module.css';

export const metadata: Metadata = { title: 'Studies' };

export default async function StudiesPage() {
  const { data } = await query({ query: StudiesQuery });
  const isAdmin = data.viewer?.isAdmin ?? false;
  return (
    <>
      <PageHeader
        title="Studies"
        sub="Those you are a member of. A study keeps its patients, images, runs and evaluations to itself."
        actions={isAdmin ? <CreateStudy /> : undefined}
      />
      {data.studies.length === 0 ? (
        <Card>
          <EmptyState icon="layers" title="No study yet">
            {isAdmin
              ? 'A study holds patients, lesions and images, and who may see them. Create the first one, then import images.'
              : 'You are a member of no study. A coordinator can add you to theirs.'}
          </EmptyState>
        </Card>
      ) : (
        <ul className={styles.list}>
          {data.studies.map((study) => (
            <StudyEntry key={study.id} study={study} />
          ))}
        </ul>
      )}
    </>
  );
}

function StudyEntry({ study }: { study: Answer['studies'][number] }) {
  const { slug, name, protocol, isSynthetic, viewerRole, summary } = study;
  return (
    <li>
      <Link href={`/s/${slug}`} className={styles.study} prefetch={false}>
        <div className={styles.name}>
          <h2>{name}</h2>
          {isSynthetic && <SyntheticChip />}
          {summary.activeRuns > 0 && (
            <StateChip tone="info" icon="play">
              {countOf(summary.activeRuns, 'run')} active
            </StateChip>
          )}
        </div>
        {protocol && <p className={styles.protocol}>{protocol}</p>}
        <p className={styles.facts}>
          {countOf(summary.patients, 'patient')} · {countOf(summary.images, 'image')} · you are{' '}
          {viewerRole ? roleWords[viewerRole] : 'administrator'}
        </p>
        <Icon name="right" className={styles.arrow} />
      </Link>
    </li>
  );
}
