// Asks a model version the same images on every device, and says what moved.
import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type DeviceName,
  DeviceUnavailableError,
  ModelHungError,
  type ModelManifest,
  openSession,
  parseManifest,
  probeDevices,
  readModelPackage,
} from '@lesionwise/model';
import { writeSyntheticCohort } from '@lesionwise/synthetic';
import { actingAdministrator } from '../accounts/acting-administrator.service.js';
import { type CertificateFacts, storeCertificate } from '../certificates/certificate.service.js';
import { certificateText } from '../certificates/certificate-text.js';
import {
  type ComparedImage,
  compareDevices,
  imagesPerPass,
} from '../certificates/compare-devices.service.js';
import { readConfig } from '../config.js';
import { openDatabase } from '../db.js';
import { invalid, notFound, Refusal } from '../errors.js';
import { findChallengeFiles } from '../imports/challenge-folder.js';
import { scanFolder } from '../imports/scan-folder.js';
import { Storage } from '../storage.js';

const usage = `Usage: npm run certify -- <package folder, or name@version> [options]

  --devices <list>      such as cpu,webgpu; all that this machine has, unless given
  --images <folder>     images and diagnoses in the layout of the ISIC 2017 challenge; unless given,
                        synthetic ones are drawn
  --count <number>      images at most: 24 synthetic ones, or all of the folder, unless given
  --threshold <score>   operating point at which calls are compared; 0.5 unless given
  --as <e-mail>         for whom the certificate is kept; the first administrator unless given
  --json                prints one JSON object`;

const { values, positionals } = parseArgs({
  options: {
    devices: { type: 'string' },
    images: { type: 'string' },
    count: { type: 'string' },
    threshold: { type: 'string', default: '0.5' },
    as: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const [target] = positionals;
if (target === undefined || positionals.length > 1) {
  console.error(usage);
  process.exit(2);
}

const names = ['cpu', 'cuda', 'webgpu'] as const satisfies DeviceName[];
const isOther = (device: DeviceName): device is 'cuda' | 'webgpu' => device !== 'cpu';

/** Enough for quantiles to mean something, and drawn in seconds. */
const syntheticCount = 24;

const config = readConfig();
const db = openDatabase(config.databaseUrl, { connections: 2 });
const storage = new Storage(config.storageFolder);
const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => {
    interruption.abort();
  });
}
const drawn = await mkdtemp(join(tmpdir(), 'lesionwise-certify-'));
try {
  const version = await findVersion(target);
  const devices = await chosenDevices(values.devices);
  const { images, imageWords } = await chosenImages(values.images, values.count);
  const { manifest, modelFile } = version;
  const answerWithinMs = config.answerSeconds * 1000 * imagesPerPass;
  const facts = await compareDevices({
    ...{ manifest, devices, images, imageWords, threshold: readThreshold(values.threshold) },
    open: (device) => openSession({ modelFile, manifest, device, answerWithinMs }),
    tell: (progress) => process.stderr.write(`${progress}\n`),
    signal: interruption.signal,
  });
  const kept = version.id === undefined ? undefined : await keep(version.id, facts);
  const { name, version: number } = manifest;
  const report = { model: `${name} ${number}`, certificateId: kept?.id ?? null, ...facts };
  console.log(values.json ? JSON.stringify(report, null, 2) : certificateText(report));
} catch (error) {
  if (interruption.signal.aborted) {
    console.error('Interrupted; nothing was kept.');
    process.exitCode = 130;
  } else if (error instanceof ModelHungError) {
    console.error(`${error.message}; nothing was kept.`);
    await rm(drawn, { recursive: true, force: true });
    // Nothing softer ends a thread inside the runtime.
    process.kill(process.pid, 'SIGKILL');
  } else if (error instanceof Refusal || error instanceof DeviceUnavailableError) {
    console.error(error.message);
    process.exitCode = 1;
  } else {
    throw error;
  }
} finally {
  await rm(drawn, { recursive: true, force: true });
  await db.$disconnect();
}

interface FoundVersion {
  /** Absent where the package is not registered here. */
  id: string | undefined;
  manifest: ModelManifest;
  modelFile: string;
}

async function findVersion(wanted: string): Promise<FoundVersion> {
  if (existsSync(join(wanted, 'manifest.json'))) {
    const { manifest, modelFile, sha256 } = await readModelPackage(wanted);
    const row = await db.modelVersion.findFirst({
      where: { sha256, version: manifest.version, model: { name: manifest.name } },
    });
    return { id: row?.id, manifest, modelFile };
  }
  const [, name, version] = /^([^@]+)@(.+)$/.exec(wanted) ?? [];
  if (name === undefined || version === undefined) {
    throw invalid('package', `${wanted} is neither a package folder nor name@version.`);
  }
  const row = await db.modelVersion.findFirst({ where: { version, model: { name } } });
  if (!row) throw notFound('model version', wanted);
  if (row.origin !== 'ONNX') {
    throw invalid('package', `${wanted} has no ONNX file here, so no device of ours runs it.`);
  }
  const modelFile = storage.path('models', row.sha256);
  return { id: row.id, manifest: parseManifest(row.manifest), modelFile };
}

/** The devices beside the CPU, which is always there. */
async function chosenDevices(list: string | undefined): Promise<('cuda' | 'webgpu')[]> {
  if (list === undefined) {
    const probes = await probeDevices();
    return probes
      .filter(({ isAvailable }) => isAvailable)
      .map(({ device }) => device)
      .filter(isOther);
  }
  const asked = list.split(',').map((word) => {
    const device = names.find((name) => name === word.trim());
    if (!device) throw invalid('devices', `${word} is no device; there are ${names.join(', ')}.`);
    return device;
  });
  return [...new Set(asked)].filter(isOther);
}

function readThreshold(text: string): number {
  const threshold = Number(text);
  if (threshold > 0 && threshold < 1) return threshold;
  throw invalid('threshold', `The threshold ${text} is not between 0 and 1.`);
}

function readCount(text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw invalid('count', `${text} is no number of images.`);
}

async function chosenImages(
  folder: string | undefined,
  count: string | undefined,
): Promise<{ images: ComparedImage[]; imageWords: string }> {
  const most = count === undefined ? undefined : readCount(count);
  if (folder === undefined) {
    const wanted = most ?? syntheticCount;
    // Beside the pictures, so that the drawing can be renamed into place.
    const target = join(drawn, 'cohort');
    await writeSyntheticCohort(target, { images: wanted, patients: Math.max(1, wanted - 4) });
    return { images: await readImages(target), imageWords: 'synthetic images' };
  }
  if (!existsSync(folder)) throw invalid('images', `There is no folder ${folder}.`);
  return { images: await readImages(folder, most), imageWords: 'images of a folder' };
}

/** Those that can be read, evenly over the folder where there are more than wanted. */
async function readImages(folder: string, most = Infinity): Promise<ComparedImage[]> {
  const files = await findChallengeFiles(folder);
  const step = Math.max(1, files.images.length / most);
  const count = Math.min(files.images.length, most);
  const chosen = Array.from({ length: count }, (_, i) => files.images[Math.floor(i * step)]!);
  const scan = await scanFolder({ ...files, images: chosen, masks: [] });
  if (scan.images.length === 0) {
    throw invalid('images', 'The folder holds no image that can be read.');
  }
  return scan.images.map(({ path, ...facts }) => ({
    ...{ path: join(folder, path), sha256: facts.sha256, diagnosis: facts.diagnosis },
    ...{ widthPx: facts.widthPx, heightPx: facts.heightPx },
  }));
}

async function keep(versionId: string, facts: CertificateFacts) {
  const viewer = await actingAdministrator(db, values.as);
  return storeCertificate(db, viewer, versionId, facts);
}
