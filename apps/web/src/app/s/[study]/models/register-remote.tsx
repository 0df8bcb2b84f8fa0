'use client';

import { useMutation } from '@apollo/client/react';
import { CombinedGraphQLErrors } from '@apollo/client/errors';
import Button from '@mui/material/Button';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import { useRouter } from 'next/navigation';
import { useState, type SyntheticEvent } from 'react';
import { refusalOf } from '@/apollo/refusal';
import type { ModelVersionLineFragment } from '@/gql/graphql';
import { Banner } from '@/ui/banner';
import { Field, type ControlProps } from '@/ui/field';
import { useNotice } from '@/ui/notice';
import { CheckList } from './check-list';
import { failedChecks } from './failed-checks';
import type { RegisterFormProps } from './register-package';
import { RegisterRemoteModelVersionMutation } from './register-remote.query';
import { remoteFiles, RemoteFilesError } from './remote-files';

const formId = 'register-remote';

/** The engine is asked what it serves and tried on a made-up image; what fails a check leaves nothing behind. */
export function RegisterRemote({ slug, busy, onBusy, onClose }: RegisterFormProps) {
  const { problem, field, checks, register } = useRegisterRemote({ slug, onBusy, onClose });
  const errorOf = (name: string) => (field === name ? problem : undefined);
  return (
    <>
      <DialogContent>
        <form
          id={formId}
          style={{ display: 'grid', gap: 14 }}
          onSubmit={(event: SyntheticEvent<HTMLFormElement>) => {
            event.preventDefault();
            void register(new FormData(event.currentTarget));
          }}
        >
          <p>
            A version that Triton, KServe or another server of the Open Inference Protocol v2
            answers. It is asked what it serves and tried on a made-up image first.
          </p>
          <Field
            label="Address"
            hint="Up to and without /v2. Your operator may list the hosts that are allowed."
            error={errorOf('endpoint.url')}
          >
            {text({
              name: 'url',
              type: 'url',
              placeholder: 'http://triton.example.org:8000',
              busy,
            })}
          </Field>
          <Field
            label="Model name"
            hint="As the engine calls it."
            error={errorOf('endpoint.model')}
          >
            {text({ name: 'model', busy })}
          </Field>
          <Field
            label="Served version (optional)"
            hint="The engine's own, such as 1; needed where it serves several."
            error={errorOf('endpoint.version')}
          >
            {text({ name: 'version', busy, required: false })}
          </Field>
          <Field
            label="Variable with a token (optional)"
            hint="Name of an environment variable of API and workers, LESIONWISE_REMOTE_TOKEN_…; never the token itself."
            error={errorOf('endpoint.tokenVariable')}
          >
            {text({ name: 'tokenVariable', busy, required: false })}
          </Field>
          <Field
            label="Manifest"
            hint={
              <>
                <code>manifest.json</code>, with <code>MODEL_CARD.md</code> and{' '}
                <code>training-list.csv</code> where there are any.
              </>
            }
            error={field === 'files' || field === 'trainingList' ? problem : undefined}
          >
            {(control) => (
              <input
                {...control}
                name="files"
                type="file"
                multiple
                required
                accept=".json,.md,.csv"
                style={{ padding: 7 }}
                disabled={busy}
              />
            )}
          </Field>
          {problem !== undefined && (
            <Banner tone="err" live>
              {problem}
            </Banner>
          )}
          {checks && <CheckList checks={checks} />}
        </form>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={busy}>
          Cancel
        </Button>
        <Button type="submit" form={formId} variant="contained" color="primary" loading={busy}>
          Ask and check
        </Button>
      </DialogActions>
    </>
  );
}

interface TextProps {
  name: string;
  busy: boolean;
  type?: 'text' | 'url';
  placeholder?: string;
  required?: boolean;
}

/** A line of text of a field. */
const text = ({ busy, type = 'text', required = true, ...own }: TextProps) =>
  function TextControl(control: ControlProps) {
    return (
      <input
        {...control}
        {...own}
        type={type}
        required={required}
        disabled={busy}
        autoComplete="off"
        spellCheck={false}
      />
    );
  };

function useRegisterRemote({ slug, onBusy, onClose }: Omit<RegisterFormProps, 'busy'>) {
  const router = useRouter();
  const say = useNotice();
  const [registerVersion] = useMutation(RegisterRemoteModelVersionMutation);
  const [failure, setFailure] = useState<{ problem: string; field: string | undefined }>();
  const [checks, setChecks] = useState<ModelVersionLineFragment['checks']>();

  const register = async (form: FormData) => {
    onBusy(true);
    setFailure(undefined);
    setChecks(undefined);
    const written = (name: string) => {
      const value = form.get(name);
      return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
    };
    try {
      const files = await remoteFiles(form.getAll('files').filter((one) => one instanceof File));
      const endpoint = {
        ...{ url: written('url') ?? '', model: written('model') ?? '' },
        ...{ version: written('version'), tokenVariable: written('tokenVariable') },
      };
      const { data } = await registerVersion({ variables: { input: { ...files, endpoint } } });
      if (!data) return;
      const { title, version, model } = data.registerRemoteModelVersion;
      say({ message: `${title} is registered; all checks passed` });
      onClose();
      router.push(
        `/s/${slug}/models/${encodeURIComponent(model.name)}/${encodeURIComponent(version)}`,
      );
      router.refresh();
    } catch (error) {
      setFailure(failureOf(error));
      if (CombinedGraphQLErrors.is(error)) setChecks(failedChecks(error.errors[0]?.extensions));
    } finally {
      onBusy(false);
    }
  };
  return { problem: failure?.problem, field: failure?.field, checks, register };
}

function failureOf(error: unknown): { problem: string; field: string | undefined } {
  if (error instanceof RemoteFilesError) return { problem: error.message, field: 'files' };
  const { message, field } = refusalOf(error);
  return { problem: message, field };
}
