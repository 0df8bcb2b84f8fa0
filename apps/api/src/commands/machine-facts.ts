// What a machine has that networks may run on, asked of the vendors' own tools and of the system's files.
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface MachineFacts {
  system: string;
  processor: string;
  cores: number;
  memoryGb: number;
  /** Each in words, and how it was found. */
  gpus: string[];
  /** Vulkan, by which the WebGPU device reaches a GPU on Linux; undefined elsewhere. */
  vulkan: { loader: string | undefined; drivers: string[] } | undefined;
}

const run = promisify(execFile);
/** A vendor's tool that hangs on a broken driver is a tool without an answer. */
const longestMs = 5000;

/** What a program prints, or undefined where there is no such program or it fails. */
const printed = async (program: string, args: string[]): Promise<string | undefined> =>
  run(program, args, { timeout: longestMs }).then(
    ({ stdout }) => stdout,
    () => undefined,
  );

const filesOf = (folder: string) => readdir(folder).catch(() => [] as string[]);

export async function machineFacts(): Promise<MachineFacts> {
  return {
    ...{ system: `${platform()} ${arch()}`, processor: cpus()[0]?.model.trim() ?? 'unknown' },
    ...{ cores: availableParallelism(), memoryGb: Math.round(totalmem() / 1e9) },
    gpus: [
      ...(await nvidiaGpus()),
      ...(platform() === 'darwin' ? await macGpus() : await pciGpus()),
    ],
    vulkan: platform() === 'linux' ? await vulkanFacts() : undefined,
  };
}

async function nvidiaGpus(): Promise<string[]> {
  const query = ['--query-gpu=name,memory.total,driver_version', '--format=csv,noheader'];
  const list = await printed('nvidia-smi', query);
  const lines = list?.split('\n').filter((line) => line.trim() !== '') ?? [];
  return lines.map((line) => {
    const [name, memory, driver] = line.split(',').map((part) => part.trim());
    return `${name ?? ''}, ${memory ?? ''}, driver ${driver ?? ''} (nvidia-smi)`;
  });
}

async function macGpus(): Promise<string[]> {
  const list = await printed('system_profiler', ['SPDisplaysDataType']);
  return [...(list ?? '').matchAll(/Chipset Model: (.+)/g)].map(
    ([, name]) => `${name ?? ''} (system_profiler)`,
  );
}

const vendors: Record<string, string> = {
  '0x10de': 'NVIDIA',
  '0x1002': 'AMD',
  '0x8086': 'Intel',
  '0x1af4': 'virtual (virtio)',
  '0x1414': 'virtual (Hyper-V)',
};

/** Linux lists its graphics devices by vendor; names would need a table of thousands. */
async function pciGpus(): Promise<string[]> {
  const cards = (await filesOf('/sys/class/drm')).filter((name) => /^card\d+$/.test(name));
  return Promise.all(
    cards.map(async (card) => {
      const file = join('/sys/class/drm', card, 'device/vendor');
      const vendor = (await readFile(file, 'utf8').catch(() => '')).trim();
      return `${vendors[vendor] ?? 'unknown vendor'} graphics device (${card})`;
    }),
  );
}

const driverFolders = [
  '/etc/vulkan/icd.d',
  '/usr/share/vulkan/icd.d',
  '/usr/local/share/vulkan/icd.d',
];

async function vulkanFacts() {
  const known = await printed('ldconfig', ['-p']);
  const loader = /libvulkan\.so\.1 .*=> (.+)/.exec(known ?? '')?.[1];
  const named = process.env['VK_DRIVER_FILES'] ?? process.env['VK_ICD_FILENAMES'];
  const drivers = named ? named.split(':') : (await Promise.all(driverFolders.map(filesIn))).flat();
  return { loader, drivers };
}

const filesIn = async (folder: string) =>
  (await filesOf(folder))
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(folder, name));
