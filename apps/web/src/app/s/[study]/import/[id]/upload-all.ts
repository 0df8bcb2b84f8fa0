/** Four at once fill a line without starving each other. */
export const PARALLEL_UPLOADS = 4;

export interface UploadFailure<Item> {
  item: Item;
  message: string;
}

interface UploadAll<Item> {
  items: readonly Item[];
  /** Rejects with an Error whose message is for the person. */
  upload: (item: Item) => Promise<void>;
  onDone: (item: Item) => void;
  signal: AbortSignal;
}

/**
 * Uploads all items, a few at once, in their order. One that fails does not stop the others; those that
 * failed are returned. After an abort the rest is left alone and nothing more is reported.
 */
export async function uploadAll<Item>({
  items,
  upload,
  onDone,
  signal,
}: UploadAll<Item>): Promise<UploadFailure<Item>[]> {
  const failures: UploadFailure<Item>[] = [];
  const queue = items.values();
  // Asked anew each time: it changes while an upload is awaited.
  const isAborted = () => signal.aborted;
  const worker = async () => {
    for (const item of queue) {
      if (isAborted()) return;
      try {
        await upload(item);
        onDone(item);
      } catch (error) {
        if (isAborted()) return;
        failures.push({ item, message: error instanceof Error ? error.message : String(error) });
      }
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_UPLOADS }, worker));
  return failures;
}
