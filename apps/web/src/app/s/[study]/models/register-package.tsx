'use client';

import { useMutation } from '@apollo/client/react';
import Button from '@mui/material/Button';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { refusalOf } from '@/apollo/refusal';
import type { ModelVersionLineFragment } from '@/gql/graphql';
import { Banner } from '@/ui/banner';
import { Field } from '@/ui/field';
import { formatBytes } from '@/ui/format';
import { useNotice } from '@/ui/notice';
import { ProgressBar } from '@/ui/progress-bar';
import { CheckList } from './check-list';
import { failedChecks } from './failed-checks';
import { RegisterModelVersionMutation } from './models.query';
import styles from './models.module.css';
import { packageProblem } from './package-problem';
import { UploadError, usePackageUpload, type UploadedFile } from './use-package-upload';

type Checks = ModelVersionLineFragment['checks'];

/** What a form of the dialog is given; while it is busy the dialog stays as it is. */
export interface RegisterFormProps {
  slug: string;
  busy: boolean;
  onBusy: (busy: boolean) => void;
  onClose: () => void;
}

/** Upload, checks, and only then a version: what fails a check leaves nothing behind. */
export function RegisterPackage({ slug, busy, onBusy, onClose }: RegisterFormProps) {
  const [chosen, setChosen] = useState<readonly File[]>([]);
  const { files, problem, checks, register } = useRegister({ slug, onBusy, onDone: onClose });
  const missing = chosen.length > 0 ? packageProblem(chosen.map(({ name }) => name)) : undefined;
  return (
    <>
      <DialogContent>
        <div style={{ display: 'grid', gap: 14 }}>
          <p>
            A package is a folder with <code>manifest.json</code>, one ONNX file and, where there is
            one, <code>MODEL_CARD.md</code>. It is checked first; a version that fails stays
            unregistered.
          </p>
          <Field label="Files of the package" error={missing}>
            {(control) => (
              <input
                {...control}
                type="file"
                multiple
                accept=".json,.onnx,.md,.data,.csv"
                style={{ padding: 7 }}
                disabled={busy}
                onChange={(event) => {
                  setChosen([...(event.target.files ?? [])]);
                }}
              />
            )}
          </Field>
          {files.length > 0 && <Uploads files={files} />}
          {problem !== undefined && (
            <Banner tone="err" live>
              {problem}
            </Banner>
          )}
          {checks && <CheckList checks={checks} />}
        </div>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={busy}>
          Cancel
        </Button>
        <Button
          variant="contained"
          color="primary"
          loading={busy}
          disabled={chosen.length === 0 || missing !== undefined}
          onClick={() => void register(chosen)}
        >
          Upload and check
        </Button>
      </DialogActions>
    </>
  );
}

function useRegister({
  slug,
  onBusy,
  onDone,
}: Pick<RegisterFormProps, 'slug' | 'onBusy'> & { onDone: () => void }) {
  const router = useRouter();
  const say = useNotice();
  const { files, upload } = usePackageUpload();
  const [registerVersion] = useMutation(RegisterModelVersionMutation);
  const [problem, setProblem] = useState<string>();
  const [checks, setChecks] = useState<Checks>();

  const register = async (chosen: readonly File[]) => {
    onBusy(true);
    setProblem(undefined);
    setChecks(undefined);
    try {
      const uploadId = await upload(chosen);
      const { data } = await registerVersion({ variables: { input: { uploadId } } });
      if (!data) return;
      const { title, version, model } = data.registerModelVersion;
      say({ message: `${title} is registered; all checks passed` });
      onDone();
      router.push(
        `/s/${slug}/models/${encodeURIComponent(model.name)}/${encodeURIComponent(version)}`,
      );
      router.refresh();
    } catch (error) {
      setProblem(error instanceof UploadError ? error.message : refusalOf(error).message);
      if (CombinedGraphQLErrors.is(error)) setChecks(failedChecks(error.errors[0]?.extensions));
    } finally {
      onBusy(false);
    }
  };
  return { files, problem, checks, register };
}

function Uploads({ files }: { files: readonly UploadedFile[] }) {
  return (
    <ul className={styles.files}>
      {files.map(({ name, sizeBytes, sentBytes }) => (
        <li key={name}>
          <span>{name}</span>
          <span className={styles.quiet}>{formatBytes(sizeBytes)}</span>
          <ProgressBar
            label={`Upload of ${name}`}
            total={Math.max(sizeBytes, 1)}
            done={sizeBytes === 0 ? 1 : Math.min(sentBytes, sizeBytes)}
            finished={sentBytes >= sizeBytes}
            height={5}
          />
        </li>
      ))}
    </ul>
  );
}
