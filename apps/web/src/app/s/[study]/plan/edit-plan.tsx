'use client';

import { useMutation } from '@apollo/client/react';
import Button from '@mui/material/Button';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { AnalysisPlanFactsFragment } from '@/gql/graphql';
import { SaveAnalysisPlanMutation } from '@/plans/plans.query';
import type { PlanNames } from '@/plans/rule-words';
import { FormDialog } from '@/ui/form-dialog';
import { textOf } from '@/ui/form-text';
import { Icon } from '@/ui/icon';
import { rulesOf } from './plan-form';

const PlanFields = dynamic(async () => (await import('./plan-fields')).PlanFields, { ssr: false });

interface EditPlanProps {
  studyId: string;
  names: PlanNames;
  draft: AnalysisPlanFactsFragment | undefined;
  /** What a new draft begins with: the newest plan. */
  from: AnalysisPlanFactsFragment | undefined;
}

export function EditPlan({ studyId, names, draft, from }: EditPlanProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [save] = useMutation(SaveAnalysisPlanMutation);
  const version = draft?.version ?? (from?.version ?? 0) + 1;
  const submit = async (form: FormData) => {
    await save({
      variables: { input: { studyId, text: textOf(form, 'text'), rules: rulesOf(form) } },
    });
    router.refresh();
  };
  return (
    <>
      <Button
        variant="contained"
        color="primary"
        onClick={() => {
          setOpen(true);
        }}
      >
        <Icon name={draft ? 'log' : 'plus'} />{' '}
        {draft ? `Edit plan ${version}` : `Write plan ${version}`}
      </Button>
      <FormDialog
        open={open}
        onClose={() => {
          setOpen(false);
        }}
        title={`Plan ${version}`}
        submitLabel="Save draft"
        onSubmit={submit}
      >
        {(errorOf) => <PlanFields names={names} plan={draft ?? from} errorOf={errorOf} />}
      </FormDialog>
    </>
  );
}
