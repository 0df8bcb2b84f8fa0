'use client';

import { useMutation } from '@apollo/client/react';
import Button from '@mui/material/Button';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Field } from '@/ui/field';
import { FormDialog } from '@/ui/form-dialog';
import { countOf } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { CreateEvaluationMutation } from './evaluations.query';
import { NotScored } from './not-scored';
import { useScored } from './use-scored';
import { VersionChoice } from './version-choice';

export interface SnapshotOption {
  id: string;
  code: string;
  imageCount: number;
  cohort: { id: string; name: string };
}

interface NewEvaluationProps {
  slug: string;
  /** Newest first. */
  snapshots: readonly SnapshotOption[];
  versions: readonly { id: string; title: string }[];
  /** The snapshot another page asked to evaluate. */
  openWith: string | undefined;
  mayRun: boolean;
}

/** A snapshot and one to six versions. What is not fully scored is not compared, and can be scored here. */
export function NewEvaluation({ slug, snapshots, versions, openWith, mayRun }: NewEvaluationProps) {
  const [open, setOpen] = useState(openWith !== undefined);
  const choice = useChoice({ slug, snapshots, versions, openWith, isOpen: open });
  const { snapshot, chosen, scored, incomplete } = choice;
  return (
    <>
      <Button
        variant="contained"
        color="primary"
        disabled={!snapshot || versions.length === 0}
        onClick={() => {
          setOpen(true);
        }}
      >
        <Icon name="plus" /> New evaluation
      </Button>
      <FormDialog
        open={open && snapshot !== undefined}
        onClose={() => {
          setOpen(false);
        }}
        title="New evaluation"
        submitLabel="Evaluate"
        disabled={chosen.length === 0 || scored === undefined || incomplete.length > 0}
        onSubmit={choice.evaluate}
      >
        {(errorOf) =>
          snapshot && (
            <>
              <SnapshotField
                snapshots={snapshots}
                value={snapshot.id}
                error={errorOf('snapshotId')}
                onChange={choice.setSnapshotId}
              />
              <VersionChoice
                versions={versions}
                chosen={chosen}
                scored={scored}
                total={snapshot.imageCount}
                onChange={choice.setChosen}
              />
              <NotScored
                slug={slug}
                snapshot={snapshot}
                versions={incomplete}
                scored={scored}
                mayRun={mayRun}
              />
            </>
          )
        }
      </FormDialog>
    </>
  );
}

interface ChoiceOptions extends Pick<
  NewEvaluationProps,
  'slug' | 'snapshots' | 'versions' | 'openWith'
> {
  isOpen: boolean;
}

/** What is chosen, which of it has not scored every image, and the way to evaluate it. */
function useChoice({ slug, snapshots, versions, openWith, isOpen }: ChoiceOptions) {
  const router = useRouter();
  const [snapshotId, setSnapshotId] = useState(openWith);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [createEvaluation] = useMutation(CreateEvaluationMutation);
  const snapshot = snapshots.find(({ id }) => id === snapshotId) ?? snapshots[0];
  const scored = useScored(slug, isOpen ? snapshot : undefined, versions);
  const incomplete = versions.filter(
    ({ id }) => chosen.includes(id) && snapshot && (scored?.[id] ?? 0) < snapshot.imageCount,
  );
  const evaluate = async () => {
    if (!snapshot) return;
    const { data } = await createEvaluation({
      variables: { input: { snapshotId: snapshot.id, modelVersionIds: [...chosen] } },
    });
    if (data) router.push(`/s/${slug}/evaluations/${data.createEvaluation.id}`);
  };
  return { snapshot, setSnapshotId, chosen, setChosen, scored, incomplete, evaluate };
}

interface SnapshotFieldProps {
  snapshots: readonly SnapshotOption[];
  value: string;
  error: string | undefined;
  onChange: (snapshotId: string) => void;
}

function SnapshotField({ snapshots, value, error, onChange }: SnapshotFieldProps) {
  return (
    <Field label="Snapshot" error={error}>
      {(control) => (
        <select
          {...control}
          name="snapshotId"
          value={value}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        >
          {snapshots.map(({ id, code, imageCount, cohort }) => (
            <option key={id} value={id}>
              {cohort.name}, {code}, {countOf(imageCount, 'image')}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
