// Says what this machine has, what of it the product can use, and how to get the rest. Changes nothing.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type DeviceProbe, probeDevices, runtimeVersion } from '@lesionwise/model';
import pg from 'pg';
import { type MachineFacts, machineFacts } from './machine-facts.js';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** Why the embedded Postgres could not be started, where it could not. */
    'postgres-failure': { type: 'string' },
  },
});

/** Something the product needs, and whether it is there. */
interface Need {
  isMet: boolean;
  detail: string;
  /** What to do where it is not met. */
  remedy?: string;
}

interface Diagnosis {
  machine: MachineFacts;
  runtime: string;
  devices: DeviceProbe[];
  node: Need;
  postgres: Need;
  storage: Need;
  isHealthy: boolean;
}

const leastNode = 22;
const leastPostgres = 15;
/** Below it a study of some thousand photographs does not fit. */
const leastFreeBytes = 2e9;

function nodeNeed(): Need {
  const { node } = process.versions;
  if (Number(node.split('.')[0]) >= leastNode) return { isMet: true, detail: node };
  const remedy = `start it by npm, which brings Node 24 along (npm ci), or install Node ${leastNode} or newer`;
  return { isMet: false, detail: `${node} is too old`, remedy };
}

async function postgresNeed(): Promise<Need> {
  const url = process.env['DATABASE_URL'];
  const failure = values['postgres-failure'];
  if (!url || failure !== undefined) {
    const detail = `the embedded Postgres did not start: ${failure ?? 'it was not tried'}`;
    return { isMet: false, detail, remedy: 'npm ci, or set DATABASE_URL to a server of your own' };
  }
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  // Told to whoever asks; a server that hangs up later is no crash of the doctor.
  client.on('error', () => undefined);
  const remedy = 'check DATABASE_URL, and that the server runs and lets you in';
  try {
    await client.connect();
  } catch (error) {
    // The reason alone: the address holds the password.
    const { code, message } = error as { code?: string; message: string };
    return { isMet: false, detail: `no answer (${code ?? message})`, remedy };
  }
  try {
    const { rows } = await client.query<{ version: string }>(
      `SELECT current_setting('server_version') AS version`,
    );
    const version = rows[0]?.version ?? '';
    if (Number.parseInt(version, 10) >= leastPostgres) return { isMet: true, detail: version };
    const newer = `install Postgres ${leastPostgres} or newer`;
    return { isMet: false, detail: `${version} is too old`, remedy: newer };
  } finally {
    await client.end();
  }
}

async function storageNeed(): Promise<Need> {
  const folder = resolve(process.env['LESIONWISE_STORAGE'] ?? '');
  const remedy = 'set LESIONWISE_STORAGE to a folder on a disk with room that you may write to';
  // A folder that is made at the first start: what counts is whether it can be.
  let place = folder;
  while (!existsSync(place)) place = dirname(place);
  const trial = join(place, `.lesionwise-doctor-${randomUUID()}`);
  try {
    await writeFile(trial, 'a trial');
    const { bavail, bsize } = await statfs(place);
    const free = bavail * bsize;
    const detail = `${folder}, ${(free / 1e9).toFixed(0)} GB free`;
    return free >= leastFreeBytes ? { isMet: true, detail } : { isMet: false, detail, remedy };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { isMet: false, detail: `${folder} cannot be written (${code ?? 'unknown'})`, remedy };
  } finally {
    await rm(trial, { force: true }).catch(() => undefined);
  }
}

async function diagnose(): Promise<Diagnosis> {
  const [machine, devices] = [await machineFacts(), await probeDevices()];
  const [node, postgres, storage] = [nodeNeed(), await postgresNeed(), await storageNeed()];
  const hasCpu = devices.some(({ device, isAvailable }) => device === 'cpu' && isAvailable);
  const isHealthy = [node, postgres, storage].every(({ isMet }) => isMet) && hasCpu;
  const runtime = `onnxruntime-node ${runtimeVersion()}`;
  return { machine, runtime, devices, node, postgres, storage, isHealthy };
}

const line = (title: string, text: string) => `${title.padEnd(10)} ${text}`;
const indented = (text: string) => `${' '.repeat(13)}${text}`;
const mark = (holds: boolean) => (holds ? '✓' : '✗');

const needLines = (title: string, { isMet, detail, remedy }: Need) => [
  line(title, `${mark(isMet)} ${detail}`),
  ...(remedy === undefined ? [] : [indented(`→ ${remedy}`)]),
];

function machineLines({ system, processor, cores, memoryGb, gpus, vulkan }: MachineFacts) {
  const drivers = vulkan?.drivers.join(', ') ?? '';
  return [
    line('Machine', `  ${processor}, ${cores} cores, ${memoryGb} GB of memory, ${system}`),
    line('GPUs', `  ${gpus.join('; ') || 'none found'}`),
    ...(vulkan
      ? [
          line(
            'Vulkan',
            `  ${vulkan.loader ?? 'no loader (libvulkan.so.1)'}; drivers: ${drivers || 'none'}`,
          ),
        ]
      : []),
  ];
}

function inWords({ machine, runtime, devices, node, postgres, storage, isHealthy }: Diagnosis) {
  const deviceLines = devices.flatMap(({ device, isAvailable, detail, howToGet }, at) => [
    line(at === 0 ? 'Devices' : '', `${mark(isAvailable)} ${device.padEnd(7)} ${detail}`),
    ...(howToGet === undefined ? [] : [indented(`→ ${howToGet}`)]),
  ]);
  return [
    ...machineLines(machine),
    line('Runtime', `  ${runtime}`),
    ...deviceLines,
    ...needLines('Node', node),
    ...needLines('Postgres', postgres),
    ...needLines('Storage', storage),
    isHealthy
      ? 'Everything that the product needs is here.'
      : 'Something that the product needs is missing: see ✗ above.',
  ].join('\n');
}

const diagnosis = await diagnose();
console.log(values.json ? JSON.stringify(diagnosis, null, 2) : inWords(diagnosis));
process.exitCode = diagnosis.isHealthy ? 0 : 1;
