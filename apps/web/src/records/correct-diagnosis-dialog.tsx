'use client';

import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import type { Diagnosis, DiagnosisMethod } from '@/gql/graphql';
import { ConflictDialog } from '@/ui/conflict-dialog';
import { Field } from '@/ui/field';
import { FormDialog } from '@/ui/form-dialog';
import { textOf } from '@/ui/form-text';
import { useNotice } from '@/ui/notice';
import { Time } from '@/ui/time';
import { diagnosisWords, methodWords, sentence } from '@/ui/words';
import type { KeptDiagnosis } from './diagnosis-history';
import { setDiagnosisMutation } from './record.query';
import { useConflict } from './use-conflict';

interface CorrectDiagnosisDialogProps {
  lesionId: string;
  /** Such as "lesion L-2 of P-7K3MQ2". */
  lesionWords: string;
  current: KeptDiagnosis | undefined;
  /** Shows the record as it is stored now, and gives the diagnosis that counts now. */
  onChanged: () => Promise<KeptDiagnosis | undefined>;
  onClose: () => void;
}

interface Change {
  diagnosis: Diagnosis;
  method: DiagnosisMethod;
  reason: string;
}

export function CorrectDiagnosisDialog(props: CorrectDiagnosisDialogProps) {
  const { lesionId, lesionWords, onChanged, onClose } = props;
  // As it was opened: the page behind shows the stored one as soon as a conflict is found.
  const [current] = useState(props.current);
  const client = useApolloClient();
  const say = useNotice();
  const { conflict, attempt, unlessInConflict } = useConflict<{
    mine: Change;
    stored: KeptDiagnosis | undefined;
  }>();

  const save = async (change: Change, expectedVersion: number | undefined) => {
    await client.mutate({
      mutation: setDiagnosisMutation,
      variables: { input: { lesionId, ...change, expectedVersion } },
    });
    await onChanged();
    say({ message: `Diagnosis of ${lesionWords} is now ${diagnosisWords[change.diagnosis]}` });
  };

  if (conflict)
    return (
      <ConflictDialog
        title={
          conflict.stored ? (
            <>
              {conflict.stored.author?.name ?? 'An import'} changed this{' '}
              <Time at={conflict.stored.createdAt} />
            </>
          ) : (
            'This was changed meanwhile'
          )
        }
        storedBy={conflict.stored?.author?.name ?? undefined}
        rows={[
          {
            field: `Diagnosis of ${lesionWords}`,
            opened: words(current),
            stored: words(conflict.stored),
            mine: words(conflict.mine),
          },
        ]}
        needsReason
        onKeepTheirs={onClose}
        onSaveMine={async (reason) => {
          await save({ ...conflict.mine, reason }, conflict.stored?.version);
          onClose();
        }}
      />
    );
  return (
    <FormDialog
      open
      onClose={unlessInConflict(onClose)}
      title={current ? 'Correct diagnosis' : 'Add diagnosis'}
      submitLabel={current ? 'Correct diagnosis' : 'Add diagnosis'}
      onSubmit={(form) => {
        const mine = {
          diagnosis: textOf(form, 'diagnosis') as Diagnosis,
          method: textOf(form, 'method') as DiagnosisMethod,
          reason: textOf(form, 'reason'),
        };
        return attempt(
          () => save(mine, current?.version),
          async () => ({ mine, stored: await onChanged() }),
        );
      }}
    >
      {(errorOf) => (
        <>
          <p style={{ color: 'var(--text-2)' }}>
            For {lesionWords}, and so for each of its images. The old diagnosis stays in the
            history; evaluations made with it do not change.
          </p>
          <Field label="Diagnosis" error={errorOf('diagnosis')}>
            {(control) => (
              <select
                {...control}
                name="diagnosis"
                required
                defaultValue={current?.diagnosis ?? ''}
              >
                <option value="" disabled>
                  Choose…
                </option>
                <Options words={diagnosisWords} />
              </select>
            )}
          </Field>
          <Field label="Proof" error={errorOf('method')}>
            {(control) => (
              <select {...control} name="method" required defaultValue={current?.method ?? ''}>
                <option value="" disabled>
                  Choose…
                </option>
                <Options words={methodWords} />
              </select>
            )}
          </Field>
          <Field
            label={
              current ? 'Reason, kept in the history' : 'Reason, kept in the history (optional)'
            }
            error={errorOf('reason')}
          >
            {(control) => (
              <input {...control} name="reason" required={current !== undefined} maxLength={500} />
            )}
          </Field>
        </>
      )}
    </FormDialog>
  );
}

const Options = ({ words: labels }: { words: Record<string, string> }) =>
  Object.entries(labels).map(([value, label]) => (
    <option key={value} value={value}>
      {sentence(label)}
    </option>
  ));

const words = (kept: { diagnosis: Diagnosis; method: DiagnosisMethod } | undefined) =>
  kept
    ? `${sentence(diagnosisWords[kept.diagnosis])}, ${methodWords[kept.method]}`
    : 'no diagnosis';
