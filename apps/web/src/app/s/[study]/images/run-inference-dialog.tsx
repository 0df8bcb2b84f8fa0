'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Device } from '@/gql/graphql';
import { EmptyState } from '@/ui/empty-state';
import { Field } from '@/ui/field';
import { FormDialog } from '@/ui/form-dialog';
import { textOf } from '@/ui/form-text';
import { countOf } from '@/ui/format';
import { LinkButton } from '@/ui/link-button';
import { deviceWords } from '@/ui/words';
import type { ChosenImages } from './chosen-images';
import type { BrowsedStudy, ListNames } from './use-image-list';
import { useRequestRun } from './use-request-run';

interface RunInferenceDialogProps {
  study: BrowsedStudy;
  chosen: ChosenImages;
  names: ListNames;
  onClose: () => void;
}

/** One image is asked for as it is; several become a cohort and a snapshot, so the run can be repeated. */
export function RunInferenceDialog({ study, chosen, names, onClose }: RunInferenceDialogProps) {
  const router = useRouter();
  const request = useRequestRun(study, chosen);
  const [suggested] = useState(() => suggestedName(chosen));
  const newest = names.versions.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  const needsCohort = chosen.onlyImageId === undefined && chosen.cohortId === undefined;

  const submit = async (form: FormData) => {
    const run = await request({
      modelVersionId: textOf(form, 'modelVersionId'),
      device: textOf(form, 'device') as Device,
      cohortName: textOf(form, 'name'),
    });
    if (run) router.push(`/s/${study.slug}/runs/${run.number}`);
  };

  return (
    <FormDialog
      open
      onClose={onClose}
      title={`Run inference on ${countOf(chosen.count, 'image')}`}
      submitLabel={`Score ${countOf(chosen.count, 'image')}`}
      disabled={newest.length === 0}
      onSubmit={submit}
    >
      {(errorOf) =>
        newest.length === 0 ? (
          <EmptyState
            icon="cube"
            title="No model version yet"
            actions={<LinkButton href={`/s/${study.slug}/models`}>Register a version</LinkButton>}
          >
            A run needs a version to score with.
          </EmptyState>
        ) : (
          <>
            <Field
              label="Model version"
              error={errorOf('modelVersionId')}
              hint="Images this version has scored already are not scored again."
            >
              {(control) => (
                <select {...control} name="modelVersionId" autoFocus>
                  {newest.map(({ id, title }) => (
                    <option key={id} value={id}>
                      {title}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            <Field
              label="Device"
              error={errorOf('device')}
              hint="A device asked for by name and absent is an error, never silently another."
            >
              {(control) => (
                <select {...control} name="device">
                  {Object.entries(deviceWords).map(([value, words]) => (
                    <option key={value} value={value}>
                      {words}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            {needsCohort && (
              <Field
                label="Name of the cohort"
                error={errorOf('name')}
                hint="The images are saved as a cohort, so the run can be found and repeated."
              >
                {(control) => (
                  <input
                    {...control}
                    name="name"
                    required
                    maxLength={120}
                    defaultValue={suggested}
                  />
                )}
              </Field>
            )}
          </>
        )
      }
    </FormDialog>
  );
}

function suggestedName({ count }: ChosenImages): string {
  const now = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
  return `${countOf(count, 'image')}, ${now.format(new Date())}`;
}
