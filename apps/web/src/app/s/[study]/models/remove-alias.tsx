'use client';

import { useMutation } from '@apollo/client/react';
import Button from '@mui/material/Button';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { refusalOf } from '@/apollo/refusal';
import type { AliasLineFragment } from '@/gql/graphql';
import { Field } from '@/ui/field';
import { FormDialog } from '@/ui/form-dialog';
import { textOf } from '@/ui/form-text';
import { Evidence } from './evidence';
import { RemoveModelAliasMutation } from './promotion.query';
import { useEvidence } from './use-evidence';

interface RemoveAliasProps {
  slug: string;
  studyId: string;
  alias: AliasLineFragment;
}

/** Takes a name away from a version, with a reason and evidence as well. */
export function RemoveAlias({ slug, studyId, alias }: RemoveAliasProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        size="small"
        aria-label={`Take the name ${alias.name} away…`}
        onClick={() => {
          setOpen(true);
        }}
      >
        Take {alias.name} away…
      </Button>
      {open && (
        <RemoveDialog
          slug={slug}
          studyId={studyId}
          alias={alias}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

function RemoveDialog({
  slug,
  studyId,
  alias,
  onClose,
}: RemoveAliasProps & { onClose: () => void }) {
  const router = useRouter();
  const [removeAlias] = useMutation(RemoveModelAliasMutation);
  const { modelVersion, name, revision } = alias;
  const evidence = useEvidence({ slug, versionId: modelVersion.id, rivalId: undefined });
  const remove = async (form: FormData) => {
    const reason = textOf(form, 'reason');
    const evaluationId = evidence.chosen?.id ?? '';
    try {
      await removeAlias({
        variables: { input: { studyId, name, reason, evaluationId, expectedRevision: revision } },
      });
    } catch (error) {
      if (refusalOf(error).code === 'CONFLICT') router.refresh();
      throw error;
    }
    router.refresh();
  };
  return (
    <FormDialog
      open
      onClose={onClose}
      title={`Take the name ${name} away?`}
      submitLabel="Take it away"
      disabled={evidence.chosen === undefined}
      onSubmit={remove}
    >
      {(errorOf) => (
        <>
          <p style={{ margin: 0, color: 'var(--text-2)' }}>
            {modelVersion.title} stops being {name}, and nobody is it then. The history stays.
          </p>
          <Evidence slug={slug} version={modelVersion} rival={undefined} {...evidence} />
          <Field label="Reason, kept in the history" error={errorOf('reason')}>
            {(control) => (
              <textarea {...control} name="reason" rows={3} required maxLength={1000} autoFocus />
            )}
          </Field>
        </>
      )}
    </FormDialog>
  );
}
