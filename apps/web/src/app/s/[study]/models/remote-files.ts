/** What files of a package a remote version brings: all but the network itself. */
export interface RemoteFiles {
  manifest: unknown;
  card: string | undefined;
  trainingList: string | undefined;
}

/** Chosen files that cannot describe a remote version, in words for who chose them. */
export class RemoteFilesError extends Error {
  override readonly name = 'RemoteFilesError';
}

/** Reads the chosen files before anything is sent. Throws RemoteFilesError. */
export async function remoteFiles(
  files: readonly Pick<File, 'name' | 'text'>[],
): Promise<RemoteFiles> {
  const textOf = (name: string) => files.find((file) => file.name === name)?.text();
  const other = files.find(
    ({ name }) => !['manifest.json', 'MODEL_CARD.md', 'training-list.csv'].includes(name),
  );
  if (other) {
    throw new RemoteFilesError(
      'Choose manifest.json, and MODEL_CARD.md or training-list.csv if you have them; nothing else is needed.',
    );
  }
  const manifest = await textOf('manifest.json');
  if (manifest === undefined) throw new RemoteFilesError('Choose manifest.json: it is missing.');
  return {
    manifest: jsonOf(manifest),
    card: await textOf('MODEL_CARD.md'),
    trainingList: await textOf('training-list.csv'),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words quote the file.
    throw new RemoteFilesError('manifest.json is not JSON.');
  }
}
