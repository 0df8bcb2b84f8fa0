'use client';

import { useEffect, useRef, useState } from 'react';
import { putFile, uploadedFiles, type UploadedFile } from './import-files';
import { notUploaded, type PickedFile } from './picked-files';
import { uploadAll, type UploadFailure } from './upload-all';

export interface Upload {
  phase: 'idle' | 'uploading' | 'stopped';
  /** On the server, from before and from now. */
  uploaded: UploadedFile[];
  /** Of the files chosen last. */
  picked: readonly PickedFile[];
  failures: UploadFailure<PickedFile>[];
  /** Why what is there could not be listed. */
  listFailure: string | undefined;
  start: (picked: readonly PickedFile[]) => Promise<void>;
  stop: () => void;
}

export function useUpload(uploadUrl: string): Upload {
  const [phase, setPhase] = useState<Upload['phase']>('idle');
  const [uploaded, setUploaded] = useState<UploadedFile[]>([]);
  const [picked, setPicked] = useState<readonly PickedFile[]>([]);
  const [failures, setFailures] = useState<UploadFailure<PickedFile>[]>([]);
  const [listFailure, setListFailure] = useState<string>();
  const abort = useRef<AbortController>(undefined);

  useEffect(() => {
    uploadedFiles(uploadUrl).then(setUploaded, (error: unknown) => {
      setListFailure(error instanceof Error ? error.message : String(error));
    });
    return () => abort.current?.abort();
  }, [uploadUrl]);
  useWarnBeforeLeaving(phase === 'uploading');

  const start = async (chosen: readonly PickedFile[]) => {
    const { signal } = (abort.current = new AbortController());
    setPicked(chosen);
    setFailures([]);
    setListFailure(undefined);
    setPhase('uploading');
    try {
      const there = await uploadedFiles(uploadUrl);
      setUploaded(there);
      const failed = await uploadAll({
        items: notUploaded(chosen, there),
        upload: (item) => putFile(uploadUrl, item, signal),
        onDone: ({ path, file }) => {
          setUploaded((before) => [
            ...before.filter((one) => one.path !== path),
            { path, sizeBytes: file.size },
          ]);
        },
        signal,
      });
      setFailures(failed);
      setPhase(signal.aborted ? 'stopped' : 'idle');
    } catch (error) {
      setListFailure(error instanceof Error ? error.message : String(error));
      setPhase('stopped');
    }
  };
  return {
    phase,
    uploaded,
    picked,
    failures,
    listFailure,
    start,
    stop: () => {
      abort.current?.abort();
    },
  };
}

/** Leaving stops the upload; it can be taken up again, but nobody should find out by accident. */
function useWarnBeforeLeaving(isUploading: boolean) {
  useEffect(() => {
    if (!isUploading) return;
    const warn = (event: BeforeUnloadEvent) => {
      event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => {
      window.removeEventListener('beforeunload', warn);
    };
  }, [isUploading]);
}
