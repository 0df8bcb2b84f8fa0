'use client';

import Button from '@mui/material/Button';
import { Banner } from '@/ui/banner';
import { Card } from '@/ui/card';
import { countOf, formatBytes, formatCount } from '@/ui/format';
import { ProgressBar } from '@/ui/progress-bar';
import { FolderLayout } from '../folder-layout';
import { DropZone } from './drop-zone';
import styles from './import.module.css';
import { notUploaded } from './picked-files';
import { UploadFailures } from './upload-failures';
import type { ImportControl } from './use-import';
import { useUpload, type Upload } from './use-upload';

export function ChooseFiles({ control }: { control: ImportControl }) {
  const upload = useUpload(control.current.uploadUrl);
  const { phase, uploaded } = upload;
  const isUploading = phase === 'uploading';
  return (
    <>
      <Banner tone="info">
        <b>Nothing is written to the study by choosing files.</b> They are uploaded, checked, and
        written only when you apply.
      </Banner>
      {upload.listFailure !== undefined && (
        <Banner tone="err" live>
          <b>The connection to the server is lost.</b> {upload.listFailure} What is uploaded is
          kept; choose the same folder again to continue.
        </Banner>
      )}
      <Card title="Files" aside={uploaded.length > 0 && uploadedWords(upload)}>
        <DropZone isDisabled={isUploading} onPick={(picked) => void upload.start(picked)} />
        {upload.picked.length > 0 && <UploadProgress upload={upload} />}
        {upload.failures.length > 0 && (
          <UploadFailures
            failures={upload.failures}
            onRetry={() => void upload.start(upload.picked)}
          />
        )}
        <div className={styles.actions}>
          {isUploading ? (
            <Button onClick={upload.stop}>Stop uploading</Button>
          ) : (
            <Button loading={control.isBusy} onClick={() => void control.discard()}>
              Discard
            </Button>
          )}
          <Button
            variant="contained"
            color="primary"
            loading={control.isBusy}
            disabled={isUploading || uploaded.length === 0}
            onClick={() => void control.check()}
          >
            Check {countOf(uploaded.length, 'file')}
          </Button>
        </div>
      </Card>
      <Card title="What a folder looks like">
        <FolderLayout />
      </Card>
    </>
  );
}

function uploadedWords({ uploaded }: Upload) {
  const bytes = uploaded.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return `${countOf(uploaded.length, 'file')} uploaded, ${formatBytes(bytes)}`;
}

function UploadProgress({ upload }: { upload: Upload }) {
  const { picked, uploaded, failures, phase } = upload;
  const left = notUploaded(picked, uploaded).length;
  const done = picked.length - left;
  return (
    <div className={styles.progress}>
      <ProgressBar
        label="Upload"
        total={picked.length}
        done={done}
        failed={failures.length}
        finished={left === 0}
      />
      <p role="status" className={styles.quiet}>
        {formatCount(done)} of {countOf(picked.length, 'file')} uploaded
        {phase === 'stopped' && left > 0 && '. Stopped: choose the same folder again to continue.'}
      </p>
    </div>
  );
}
