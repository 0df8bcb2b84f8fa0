import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

export const splits = ['training', 'validation', 'test'] as const;
export type Split = (typeof splits)[number];

/** A file of a challenge folder. */
export interface ChallengeFile {
  /** Relative to the folder, with forward slashes. */
  path: string;
  /** The file's part of the data set, such as ISIC-2017_Training. */
  prefix: string;
  /** The name without what says its kind; empty for tables. */
  imageId: string;
}

/** The files of a folder in the layout of the ISIC challenges, by what they are. */
export interface ChallengeFolder {
  root: string;
  images: ChallengeFile[];
  masks: ChallengeFile[];
  labelTables: ChallengeFile[];
  metadataTables: ChallengeFile[];
  /** Paths of files that have no place in the layout. */
  ignored: string[];
}

type Kind = 'images' | 'masks' | 'labelTables' | 'metadataTables';

/** Parts of the layout that nothing here needs, and what file managers leave behind. */
const silent = [
  /_superpixels\.png$/i,
  /_Part2_GroundTruth(\/|$)/i,
  /(^|\/)(\.|__MACOSX|Thumbs\.db|desktop\.ini)/i,
  // What the synthetic cohort was drawn from.
  /^synthetic\.json$/,
];

/** Sorts the files of a folder by what they are. With `split`, only those whose name tells that split. */
export async function findChallengeFiles(root: string, split?: Split): Promise<ChallengeFolder> {
  const folder: ChallengeFolder = {
    root,
    images: [],
    masks: [],
    labelTables: [],
    metadataTables: [],
    ignored: [],
  };
  for (const path of await filesUnder(root)) {
    if (silent.some((pattern) => pattern.test(path))) continue;
    const found = classify(path);
    if (!found) folder.ignored.push(path);
    else if (!split || ofSplit(found.file.prefix, split)) folder[found.kind].push(found.file);
  }
  return folder;
}

async function filesUnder(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths: string[] = [];
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    // A link counts as what it points to: data sets are often folders of links.
    const isFile = entry.isFile() || (entry.isSymbolicLink() && (await pointsToFile(path)));
    if (isFile) paths.push(relative(root, path).split(sep).join('/'));
  }
  return paths.sort();
}

const pointsToFile = (path: string) =>
  stat(path).then(
    (target) => target.isFile(),
    // A link to nothing is no file.
    () => false,
  );

/** Where a kind of file lies, and how its name tells the part of the data set and the image. */
interface Place {
  kind: Kind;
  parent?: RegExp;
  name: RegExp;
}

const places: Place[] = [
  { kind: 'labelTables', name: /^(?<prefix>.+)_Part3_GroundTruth\.csv$/i },
  { kind: 'metadataTables', name: /^(?<prefix>.+)_Data_metadata\.csv$/i },
  {
    kind: 'masks',
    parent: /^(?<prefix>.+)_Part1_GroundTruth$/i,
    name: /^(?<imageId>.+)_segmentation\.png$/i,
  },
  {
    // A picture by its name; whether it really is one is found out by reading it.
    kind: 'images',
    parent: /^(?<prefix>.+)_Data$/i,
    name: /^(?<imageId>.+)\.(jpe?g|png|tiff?|webp|gif|bmp|heic|jp2|dcm)$/i,
  },
];

function classify(path: string): { kind: Kind; file: ChallengeFile } | undefined {
  const parts = path.split('/');
  const [parentName, fileName] = [parts.at(-2) ?? '', parts.at(-1)!];
  for (const { kind, parent, name } of places) {
    const inParent = parent ? parent.exec(parentName)?.groups : {};
    const inName = name.exec(fileName)?.groups;
    if (!inParent || !inName) continue;
    const { prefix = '', imageId = '' } = { ...inParent, ...inName } as Partial<ChallengeFile>;
    return { kind, file: { path, prefix, imageId } };
  }
  return undefined;
}

const ofSplit = (prefix: string, split: Split) =>
  prefix
    .toLowerCase()
    .split(/[^a-z]+/)
    .includes(split);
