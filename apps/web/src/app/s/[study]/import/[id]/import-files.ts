import type { PickedFile } from './picked-files';

/** Waits before another try after a lost connection: 1 s, 2 s, 4 s. */
const RETRY_MS = [1000, 2000, 4000];

export interface UploadedFile {
  path: string;
  sizeBytes: number;
}

/** What the import holds already: after a reload or a lost connection it goes on from there. */
export async function uploadedFiles(uploadUrl: string): Promise<UploadedFile[]> {
  const answer = await fetch(uploadUrl, { cache: 'no-store' });
  if (!answer.ok) throw new Error(await refusalText(answer));
  return (await answer.json()) as UploadedFile[];
}

/** Sends one file. A lost connection is tried again; a refusal is not, since it would be the same. */
export async function putFile(
  uploadUrl: string,
  { path, file }: PickedFile,
  signal: AbortSignal,
): Promise<void> {
  const url = `${uploadUrl}/${path.split('/').map(encodeURIComponent).join('/')}`;
  for (const waitMs of [...RETRY_MS, undefined]) {
    try {
      const answer = await fetch(url, { method: 'PUT', body: file, signal });
      if (answer.ok) return;
      if (answer.status < 500) throw new UploadRefused(await refusalText(answer));
    } catch (error) {
      if (signal.aborted || error instanceof UploadRefused) throw error;
    }
    if (waitMs !== undefined) await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  throw new Error('The connection was lost.');
}

class UploadRefused extends Error {}

async function refusalText(answer: Response): Promise<string> {
  const body: unknown = await answer.json().catch(() => undefined);
  const { error } = (body ?? {}) as { error?: { message?: string } };
  return error?.message ?? `The server refused with status ${answer.status}.`;
}
