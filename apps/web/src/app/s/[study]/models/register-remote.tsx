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
import { useNotice } from '@/ui/notice';
import { CheckList } from './check-list';
import { failedChecks } from './failed-checks';
import type { RegisterFormProps } from './register-package';
import { isFieldOfForm, RemoteFields } from './remote-fields';
import { RegisterRemoteModelVersionMutation } from './register-remote.query';
import { remoteFiles, RemoteFilesError } from './remote-files';

const formId = 'register-remote';

/** The engine is asked what it serves and tried on a made-up image; what fails a check leaves nothing behind. */
export function RegisterRemote({ slug, busy, onBusy, onClose }: RegisterFormProps) {
  const { problem, field, checks, register } = useRegisterRemote({ slug, onBusy, onClose });
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
          <RemoteFields busy={busy} problem={problem} field={field} />
          {problem !== undefined && !isFieldOfForm(field) && (
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
