'use client';

import { useMutation } from '@apollo/client/react';
import { useRouter } from 'next/navigation';
import { Field } from '@/ui/field';
import { FormDialog } from '@/ui/form-dialog';
import { textOf } from '@/ui/form-text';
import { countOf } from '@/ui/format';
import { useNotice } from '@/ui/notice';
import type { ChosenImages } from './chosen-images';
import { createCohortMutation } from './images.query';
import type { BrowsedStudy } from './use-image-list';

interface SaveCohortDialogProps {
  study: BrowsedStudy;
  chosen: ChosenImages;
  onClose: () => void;
}

export function SaveCohortDialog({ study, chosen, onClose }: SaveCohortDialogProps) {
  const router = useRouter();
  const say = useNotice();
  const [createCohort] = useMutation(createCohortMutation);
  const isFixed = chosen.filter.imageIds !== undefined;

  const save = async (form: FormData) => {
    const { data } = await createCohort({
      variables: {
        input: { studyId: study.id, name: textOf(form, 'name'), filter: chosen.filter },
      },
    });
    if (!data) return;
    const { id, name, imageCount } = data.createCohort;
    say({
      message: `Cohort “${name}” saved, ${countOf(imageCount, 'image')}`,
      action: {
        label: 'Open',
        onClick: () => {
          router.push(`/s/${study.slug}/cohorts/${id}`);
        },
      },
    });
    // The cohort is a filter of this list from now on.
    router.refresh();
  };

  return (
    <FormDialog
      open
      onClose={onClose}
      title={`Save ${countOf(chosen.count, 'image')} as cohort`}
      submitLabel="Save cohort"
      onSubmit={save}
    >
      {(errorOf) => (
        <>
          <p style={{ color: 'var(--text-2)' }}>
            {isFixed
              ? 'The cohort holds exactly these images.'
              : 'The cohort holds the filter: images that match it later join. Runs and comparisons use a snapshot, which does not change.'}
          </p>
          <Field label="Name" error={errorOf('name')}>
            {(control) => <input {...control} name="name" required autoFocus maxLength={120} />}
          </Field>
        </>
      )}
    </FormDialog>
  );
}
