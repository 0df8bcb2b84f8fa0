// Reproduces the figures of a model package over a challenge folder, with the product's own import,
// worker and statistics, and leaves nothing behind.
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { Refusal } from '../errors.js';
import { splits } from '../imports/challenge-folder.js';
import { type Verification, type VerifiedNumber, verifyPackage } from './verification.js';

const devices = { auto: 'AUTO', cpu: 'CPU', cuda: 'CUDA', webgpu: 'WEBGPU' } as const;

const usage = `Usage: npm run verify -- --data <folder> --package <folder> [options]

  --data <folder>       images, masks and diagnoses in the layout of the ISIC 2017 challenge
  --package <folder>    a model package: manifest.json and its ONNX file
  --split <split>       ${splits.join(', ')}: only that part of the data
  --device <device>     ${Object.keys(devices).join(', ')}; auto takes the first that is there
  --json                prints one JSON object`;

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    package: { type: 'string' },
    split: { type: 'string' },
    device: { type: 'string', default: 'auto' },
    json: { type: 'boolean', default: false },
  },
});
const split = splits.find((name) => name === values.split);
const device = Object.entries(devices).find(([name]) => name === values.device)?.[1];
const serverUrl = process.env['DATABASE_URL'];
if (!values.data || !values.package || !device || (values.split !== undefined && !split)) {
  console.error(usage);
  process.exit(2);
}
if (!serverUrl) {
  console.error('DATABASE_URL must name a Postgres server on which databases may be made.');
  process.exit(2);
}

const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => {
    interruption.abort();
  });
}

try {
  const verification = await verifyPackage({
    ...{ serverUrl, data: values.data, split, packageFolder: values.package, device },
    ...{ tell: progress(), signal: interruption.signal },
  });
  console.log(values.json ? JSON.stringify(verification, null, 2) : inWords(verification));
} catch (error) {
  if (interruption.signal.aborted) {
    console.error('Interrupted; nothing is left behind.');
    process.exitCode = 130;
  } else if (error instanceof Refusal) {
    console.error(error.message);
    process.exitCode = 1;
  } else {
    throw error;
  }
}

/** One line that is written over on a terminal; elsewhere only what is new in words. */
function progress() {
  let last = '';
  return (line: string) => {
    if (line === last) return;
    const isSameStep = line.split(/\d/)[0] === last.split(/\d/)[0];
    if (process.stderr.isTTY) process.stderr.write(isSameStep ? `\r\x1b[K${line}` : `\n${line}`);
    else if (!isSameStep) process.stderr.write(`${line}\n`);
    last = line;
  };
}

function inWords(verification: Verification): string {
  const { model, images, masks, patients, device: ran, seconds } = verification;
  const number = ({ value, low, high, undefinedReason }: VerifiedNumber) => {
    if (value === null) return `undefined: ${undefinedReason ?? ''}`;
    const interval =
      low === null || high === null
        ? 'no interval'
        : `95% CI ${low.toFixed(4)} to ${high.toFixed(4)}`;
    return `${value.toFixed(4)} (${interval})`;
  };
  return [
    `${model} on ${images} images of ${patients} patients, ${masks} with a mask; ${ran}, ${seconds.toFixed(1)} s`,
    `Jaccard                    ${number(verification.jaccard)}`,
    `AUC melanoma               ${number(verification.aucMelanoma)}`,
    `AUC seborrheic keratosis   ${number(verification.aucSeborrheicKeratosis)}`,
  ].join('\n');
}
