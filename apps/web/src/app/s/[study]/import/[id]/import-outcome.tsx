import type { ImportOnPageFragment } from '@/gql/graphql';
import { Banner } from '@/ui/banner';
import { countOf } from '@/ui/format';
import { LinkButton } from '@/ui/link-button';
import { Time } from '@/ui/time';
import { ProblemTable } from './problem-table';
import { ReportCounts } from './report-counts';

export function ImportOutcome({ current, path }: { current: ImportOnPageFragment; path: string }) {
  const { report, finishedAt, reason } = current;
  return (
    <>
      <Banner
        tone="ok"
        live
        actions={
          <>
            <LinkButton href={`${path}/images?sort=-created`} size="small">
              See the newest images
            </LinkButton>
            <LinkButton href={`${path}/patients`} size="small">
              Patients
            </LinkButton>
            <LinkButton href={`${path}/import`} size="small" variant="text">
              All imports
            </LinkButton>
          </>
        }
      >
        <b>The import is in the study.</b>{' '}
        {finishedAt && (
          <>
            Applied <Time at={finishedAt} />.{' '}
          </>
        )}
        {report &&
          `The check found ${countOf(report.imagesToAdd, 'image')}, ${countOf(report.masksToAdd, 'reference mask')} and ${countOf(report.diagnosesToAdd, 'diagnosis', 'diagnoses')} to add.`}
        {reason && ` Reason: ${reason}`}
      </Banner>
      {report && (
        <>
          <ReportCounts report={report} isApplied />
          <ProblemTable problems={report.problems} />
        </>
      )}
    </>
  );
}
