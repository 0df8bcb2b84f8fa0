/** A file with its place in the folder that was chosen. */
export interface PickedFile {
  path: string;
  file: File;
}

/** What file managers leave in folders, and nobody means to import. */
const leftBehind = /(^|\/)(\.[^/]*|__MACOSX|Thumbs\.db|desktop\.ini)(\/|$)/i;

export const isMeant = (path: string) => !leftBehind.test(path);

/** From a file or folder input. */
export function pickedFromInput(files: Iterable<File>): PickedFile[] {
  return [...files]
    .map((file) => ({ path: file.webkitRelativePath || file.name, file }))
    .filter(({ path }) => isMeant(path));
}

/** From a drop: folders are read to their leaves. */
export async function pickedFromDrop(items: DataTransferItemList): Promise<PickedFile[]> {
  // The list is emptied once the event is over, so the entries are taken out before anything is awaited.
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const found = await Promise.all(entries.map(readEntry));
  return found.flat().filter(({ path }) => isMeant(path));
}

async function readEntry(entry: FileSystemEntry): Promise<PickedFile[]> {
  const path = entry.fullPath.replace(/^\//, '');
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => {
      entry.file(resolve, reject);
    });
    return [{ path, file }];
  }
  const found: PickedFile[] = [];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A reader hands out a hundred at a time and says the end with nothing.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) return found;
    for (const child of some) found.push(...(await readEntry(child)));
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;

interface Uploaded {
  path: string;
  sizeBytes: number;
}

/** Those not yet on the server: a file of the same path and size is not sent again. */
export function notUploaded(
  picked: readonly PickedFile[],
  uploaded: readonly Uploaded[],
): PickedFile[] {
  const sizes = new Map(uploaded.map(({ path, sizeBytes }) => [path, sizeBytes]));
  return picked.filter(({ path, file }) => sizes.get(path) !== file.size);
}
