'use client';

import { useState } from 'react';

export interface UploadedFile {
  name: string;
  sizeBytes: number;
  sentBytes: number;
}

/** Sends a package's files one by one to a place of their own, from which a version is then registered. */
export function usePackageUpload() {
  const [files, setFiles] = useState<UploadedFile[]>([]);

  const upload = async (chosen: readonly File[]): Promise<string> => {
    const uploadId = crypto.randomUUID();
    setFiles(chosen.map(({ name, size }) => ({ name, sizeBytes: size, sentBytes: 0 })));
    for (const file of chosen) {
      await put(
        `/model-uploads/${uploadId}/${encodeURIComponent(file.name)}`,
        file,
        (sentBytes) => {
          setFiles((now) =>
            now.map((one) => (one.name === file.name ? { ...one, sentBytes } : one)),
          );
        },
      );
    }
    return uploadId;
  };
  const clear = () => {
    setFiles([]);
  };
  return { files, upload, clear };
}

/** By XMLHttpRequest: fetch does not tell how much of a body was sent. */
function put(url: string, file: File, onSent: (bytes: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded }) => {
      onSent(loaded);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        onSent(file.size);
        resolve();
      } else reject(new UploadError(file.name, reasonOf(request)));
    };
    request.onerror = () => {
      reject(new UploadError(file.name, 'the connection was lost'));
    };
    request.send(file);
  });
}

export class UploadError extends Error {
  constructor(fileName: string, reason: string) {
    super(`${fileName} could not be uploaded: ${reason}.`);
    this.name = 'UploadError';
  }
}

function reasonOf({ responseText, status }: XMLHttpRequest): string {
  try {
    const { message } = JSON.parse(responseText) as { message?: unknown };
    if (typeof message === 'string') return message.replace(/\.$/, '');
  } catch {
    // Not JSON: some server in between answered.
  }
  return `the server answered ${status}`;
}
