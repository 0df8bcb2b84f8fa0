'use client';

import { useMutation } from '@apollo/client/react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { refusalOf } from '@/apollo/refusal';
import type { AliasLineFragment } from '@/gql/graphql';
import { Field } from '@/ui/field';
import { FormDialogWindow } from '@/ui/form-dialog-window';
import { textOf } from '@/ui/form-text';
import { useNotice } from '@/ui/notice';
import { Evidence } from './evidence';
import { SetModelAliasMutation } from './promotion.query';
import { useEvidence } from './use-evidence';

export interface PromoteDialogProps {
  slug: string;
  studyId: string;
  version: { id: string; title: string };
  /** As the page was loaded: a change of somebody else since then is a conflict. */
  aliases: readonly AliasLineFragment[];
  onClose: () => void;
}

const offered = ['champion', 'candidate'];
const other = 'another name';

/** Reason and evidence first: what changes, what the evaluation says, what was trained on. */
export function PromoteDialog({ slug, studyId, version, aliases, onClose }: PromoteDialogProps) {
  const router = useRouter();
  const say = useNotice();
  const [setAlias] = useMutation(SetModelAliasMutation);
  const names = useName(version.id, aliases);
  const rival = aliases.find(({ name }) => name === names.name);
  const evidence = useEvidence({
    slug,
    versionId: version.id,
    rivalId: names.name === 'champion' ? rival?.modelVersion.id : undefined,
  });

  const promote = async (form: FormData) => {
    try {
      await setAlias({
        variables: {
          input: {
            studyId,
            name: names.name,
            modelVersionId: version.id,
            reason: textOf(form, 'reason'),
            evaluationId: evidence.chosen?.id ?? '',
            expectedRevision: rival?.revision ?? 0,
          },
        },
      });
    } catch (error) {
      // What was typed stays; the next try is against what is stored now.
      if (refusalOf(error).code === 'CONFLICT') router.refresh();
      throw error;
    }
    say({ icon: 'check', message: `${version.title} is ${names.name}.` });
    router.refresh();
  };

  return (
    <FormDialogWindow
      onClose={onClose}
      title={`Promote ${version.title}?`}
      submitLabel={`Make it ${names.name || 'this'}`}
      disabled={evidence.chosen === undefined || rival?.modelVersion.id === version.id}
      onSubmit={promote}
    >
      {(errorOf) => (
        <>
          <NameFields {...names} error={errorOf('name')} />
          <Consequence version={version} name={names.name} rival={rival} />
          <Evidence slug={slug} version={version} rival={rival} {...evidence} />
          <Field
            label="Reason, kept in the history"
            hint="Why this version, and why now."
            error={errorOf('reason')}
          >
            {(control) => (
              <textarea {...control} name="reason" rows={3} required maxLength={1000} />
            )}
          </Field>
        </>
      )}
    </FormDialogWindow>
  );
}

/** Champion unless it is that already; any other name can be typed. */
function useName(versionId: string, aliases: readonly AliasLineFragment[]) {
  const isChampion = aliases.some(
    ({ name, modelVersion }) => name === 'champion' && modelVersion.id === versionId,
  );
  const [choice, setChoice] = useState(isChampion ? 'candidate' : 'champion');
  const [typed, setTyped] = useState('');
  return { name: choice === other ? typed : choice, choice, setChoice, typed, setTyped };
}

interface NameFieldsProps extends ReturnType<typeof useName> {
  error: string | undefined;
}

function NameFields({ choice, setChoice, typed, setTyped, error }: NameFieldsProps) {
  return (
    <>
      <Field label="Name" error={choice === other ? undefined : error}>
        {(control) => (
          <select
            {...control}
            name={choice === other ? undefined : 'name'}
            value={choice}
            onChange={(event) => {
              setChoice(event.target.value);
            }}
          >
            {[...offered, other].map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
      </Field>
      {choice === other && (
        <Field
          label="Which name"
          hint="Lower-case letters, digits and hyphens; begins with a letter."
          error={error}
        >
          {(control) => (
            <input
              {...control}
              name="name"
              required
              pattern="[a-z][a-z0-9\-]{0,39}"
              title="Lower-case letters, digits and hyphens"
              value={typed}
              onChange={(event) => {
                setTyped(event.target.value);
              }}
            />
          )}
        </Field>
      )}
    </>
  );
}

interface ConsequenceProps {
  version: { id: string; title: string };
  name: string;
  rival: AliasLineFragment | undefined;
}

function Consequence({ version, name, rival }: ConsequenceProps) {
  const words = !rival
    ? `No version is ${name || 'called this'} now.`
    : rival.modelVersion.id === version.id
      ? `${version.title} is ${name} already.`
      : `${rival.modelVersion.title} stops being ${name}.`;
  return (
    <p style={{ margin: 0, color: 'var(--text-2)' }}>
      {words} Results already stored do not change.
    </p>
  );
}
