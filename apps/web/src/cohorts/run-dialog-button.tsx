'use client';

import { useMutation } from '@apollo/client/react';
import Button from '@mui/material/Button';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Device } from '@/gql/graphql';
import { Field } from '@/ui/field';
import { FormDialog } from '@/ui/form-dialog';
import { textOf } from '@/ui/form-text';
import { countOf, formatCount } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { deviceWords } from '@/ui/words';
import { ScoreSnapshotMutation } from './cohorts.query';

interface RunDialogButtonProps {
  slug: string;
  snapshot: { id: string; code: string; imageCount: number; cohort: { name: string } };
  /** With the number of images each has scored already. */
  versions: readonly { id: string; title: string; scored: number }[];
}

/** Which version, on which device; the images are those of the snapshot. */
export function RunDialogButton({ slug, snapshot, versions }: RunDialogButtonProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [score] = useMutation(ScoreSnapshotMutation);

  const submit = async (form: FormData) => {
    const { data } = await score({
      variables: {
        input: {
          snapshotId: snapshot.id,
          modelVersionId: textOf(form, 'modelVersionId'),
          device: textOf(form, 'device') as Device,
        },
      },
    });
    if (data) router.push(`/s/${slug}/runs/${data.requestInference.number}`);
  };

  return (
    <>
      <Button
        size="small"
        variant="contained"
        color="primary"
        onClick={() => {
          setOpen(true);
        }}
      >
        <Icon name="play" size={14} /> Run inference
      </Button>
      <FormDialog
        open={open}
        onClose={() => {
          setOpen(false);
        }}
        title={`Run inference on ${snapshot.cohort.name}`}
        submitLabel="Run inference"
        onSubmit={submit}
      >
        {(errorOf) => <RunFields snapshot={snapshot} versions={versions} errorOf={errorOf} />}
      </FormDialog>
    </>
  );
}

interface RunFieldsProps extends Pick<RunDialogButtonProps, 'snapshot' | 'versions'> {
  errorOf: (field: string) => string | undefined;
}

function RunFields({ snapshot, versions, errorOf }: RunFieldsProps) {
  return (
    <>
      <p>
        Snapshot <code>{snapshot.code}</code>, {countOf(snapshot.imageCount, 'image')}. Images a
        version has scored before are skipped.
      </p>
      <Field label="Model version" error={errorOf('modelVersionId')}>
        {(control) => (
          <select {...control} name="modelVersionId" autoFocus>
            {versions.map(({ id, title, scored }) => (
              <option key={id} value={id}>
                {title} ({formatCount(snapshot.imageCount - scored)} to score)
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field
        label="Device"
        hint="One that is asked for by name and is not there is an error, never another one silently."
        error={errorOf('device')}
      >
        {(control) => (
          <select {...control} name="device" defaultValue="AUTO">
            {Object.entries(deviceWords).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        )}
      </Field>
    </>
  );
}
