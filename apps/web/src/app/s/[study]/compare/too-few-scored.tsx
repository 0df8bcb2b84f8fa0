import { RunDialogButton } from '@/cohorts/run-dialog-button';
import { versionWord } from '@/images/image-list-address';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { countOf, formatCount } from '@/ui/format';
import { LinkButton } from '@/ui/link-button';
import { PageHeader } from '@/ui/page-header';
import type {
  CompareSnapshot,
  CompareStudy,
  CompareVersion,
  Coverage,
  StudyNames,
} from './study-names';

interface TooFewScoredProps {
  slug: string;
  study: CompareStudy;
  names: StudyNames;
  snapshot: CompareSnapshot;
  coverage: ReadonlyMap<string, Coverage>;
  scored: readonly CompareVersion[];
}

/** Fewer than two versions have scored the snapshot: a run is the next step. */
export function TooFewScored({
  slug,
  study,
  names,
  snapshot,
  coverage,
  scored,
}: TooFewScoredProps) {
  const open = names.versions.filter(({ id }) => (coverage.get(id)?.missing ?? 1) > 0);
  const [only] = scored;
  return (
    <>
      <PageHeader title="Compare versions" isSynthetic={study.isSynthetic} />
      <Card>
        <EmptyState
          icon="chart"
          title={
            only
              ? `Only ${only.title} has scored ${snapshot.cohort.name}`
              : `No version has scored ${snapshot.cohort.name}`
          }
          actions={
            <>
              {study.permissions.runInference && open.length > 0 && (
                <RunDialogButton
                  slug={slug}
                  snapshot={snapshot}
                  versions={open.map(({ id, title }) => ({
                    id,
                    title,
                    scored: coverage.get(id)?.scored ?? 0,
                  }))}
                />
              )}
              {open.length === 0 && (
                <LinkButton size="small" href={`/s/${slug}/models`}>
                  Open models
                </LinkButton>
              )}
              {only && (
                <LinkButton
                  size="small"
                  href={`/s/${slug}/compare?snapshot=${snapshot.code}&v=${versionWord(only)}`}
                >
                  Look at {only.title} alone
                </LinkButton>
              )}
            </>
          }
        >
          A comparison needs two versions that have scored every image of the same snapshot.
          Snapshot <code>{snapshot.code}</code> has {countOf(snapshot.imageCount, 'image')}
          {open.map(({ id, title }) => (
            <span key={id}>
              ; {title} has scored {formatCount(coverage.get(id)?.scored ?? 0)}
            </span>
          ))}
          .{open.length === 0 && ' There is no other version yet: register one.'}
        </EmptyState>
      </Card>
    </>
  );
}
