'use client';

import { Banner } from '@/ui/banner';
import { Card } from '@/ui/card';
import { ErrorState } from '@/ui/error-state';
import { LinkButton } from '@/ui/link-button';
import { PageHeader } from '@/ui/page-header';
import { Time } from '@/ui/time';
import type { ImportOnPageFragment, ImportPageQuery } from '@/gql/graphql';
import { ImportStateChip } from '../import-state-chip';
import { ApplyBar } from './apply-bar';
import { ChooseFiles } from './choose-files';
import { ImportOutcome } from './import-outcome';
import { ImportProgress } from './import-progress';
import { ImportReport } from './import-report';
import { Steps } from './steps';
import { useImport } from './use-import';

type ImportStudy = NonNullable<ImportPageQuery['import']>['study'];

interface ImportWizardProps {
  first: ImportOnPageFragment;
  study: ImportStudy;
}

/** Choose files, check, apply: which step it is follows from what the API says, also after a reload. */
export function ImportWizard({ first, study }: ImportWizardProps) {
  const control = useImport(first);
  const { current } = control;
  return (
    <>
      <PageHeader
        title="Import"
        isSynthetic={study.isSynthetic}
        chips={<ImportStateChip state={current.state} />}
        sub={
          <>
            Started by {current.createdBy?.name ?? 'a command'}, <Time at={current.createdAt} />
          </>
        }
        actions={<Steps state={current.state} />}
      />
      {control.refusal !== undefined && (
        <ErrorState title="That did not work.">{control.refusal}</ErrorState>
      )}
      <Step control={control} study={study} />
    </>
  );
}

interface StepProps {
  control: ReturnType<typeof useImport>;
  study: ImportStudy;
}

function Step({ control, study }: StepProps) {
  const { current } = control;
  const path = `/s/${study.slug}`;
  switch (current.state) {
    case 'UPLOADING':
      return study.permissions.importImages ? (
        <ChooseFiles control={control} />
      ) : (
        <Banner tone="info">The files of this import are still being chosen.</Banner>
      );
    case 'CHECKING':
    case 'APPLYING':
      return <ImportProgress current={current} isStale={control.isStale} />;
    case 'CHECKED':
      return (
        current.report && (
          <>
            <Banner tone="info">
              <b>Nothing is written yet.</b> This is a check of the files against each other and
              against what the study already holds. Location data and camera details are removed
              from the images on apply.
            </Banner>
            <ImportReport current={current} report={current.report} control={control} />
            {study.permissions.importImages && (
              <ApplyBar report={current.report} control={control} />
            )}
          </>
        )
      );
    case 'APPLIED':
      return <ImportOutcome current={current} path={path} />;
    case 'FAILED':
    case 'DISCARDED':
      return (
        <Card>
          {current.state === 'FAILED' ? (
            <ErrorState
              title="The import failed."
              actions={<LinkButton href={`${path}/import`}>Start another import</LinkButton>}
            >
              {current.failure ?? 'The reason was not recorded.'} Nothing was written to the study.
            </ErrorState>
          ) : (
            <Banner
              tone="info"
              actions={<LinkButton href={`${path}/import`}>To the imports</LinkButton>}
            >
              This import was discarded. Its files are gone, and nothing was written to the study.
            </Banner>
          )}
        </Card>
      );
  }
}
