// A real NVIDIA Triton Inference Server for the tests of remote engines: the server from a PyPI package,
// on the CPU, in a folder of the checkout. Nothing of the product uses it.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root, run } from './install.mjs';
import { freePort } from './postgres.mjs';

const sources = join(root, 'tools/triton');
const startTimeoutMs = 60_000;

/** Triton's Python backend loads the interpreter as a library, so that a static build is of no use. */
const question = `
import ensurepip, json, os, sys, sysconfig, venv
folder, library = sysconfig.get_config_var('LIBDIR'), sysconfig.get_config_var('INSTSONAME')
version = '%d.%d' % sys.version_info[:2]
usable = version in ('3.11', '3.12') and os.path.exists(os.path.join(folder, library))
print(json.dumps([sys.executable, version, folder]) if usable else '')`;

function findPython() {
  const programs = ['python3', 'python3.12', 'python3.11', '/usr/bin/python3'];
  for (const program of programs) {
    const { status, stdout } = spawnSync(program, ['-c', question], { encoding: 'utf8' });
    if (status !== 0 || stdout.trim() === '') continue;
    const [executable, version, libraries] = JSON.parse(stdout);
    return { executable, version, libraries };
  }
  return undefined;
}

/**
 * Makes sure of Triton: installs it once (about 310 MB), undefined where this machine cannot run it.
 *
 * @returns {{ program: string, backends: string, environment: Record<string, string> } | undefined}
 */
export function ensureTriton() {
  const python = process.platform === 'linux' ? findPython() : undefined;
  if (!python) return undefined;
  const own = join(root, '.lesionwise/triton');
  const lock = `${python.executable}\n${readFileSync(join(sources, 'requirements.txt'), 'utf8')}`;
  const stamp = join(own, 'lesionwise-installed.txt');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) install(own, python, lock);
  const packages = join(own, `lib/python${python.version}/site-packages`);
  const server = join(packages, 'pytriton/tritonserver');
  return {
    program: join(server, 'bin/tritonserver'),
    backends: join(server, 'backends'),
    environment: {
      // The embedded interpreter finds its packages by the python that is first on the path.
      PATH: `${join(own, 'bin')}:${process.env.PATH ?? ''}`,
      LD_LIBRARY_PATH: `${join(packages, 'nvidia_pytriton.libs')}:${python.libraries}`,
    },
  };
}

function install(own, python, lock) {
  console.log('Installing Triton for the tests of remote engines (once, about 310 MB)…');
  // Beside, then renamed: test runs that begin at the same time never see half of it.
  mkdirSync(join(root, '.lesionwise'), { recursive: true });
  const making = mkdtempSync(`${own}-`);
  try {
    run(python.executable, ['-m', 'venv', making], { quiet: true });
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps'];
    const requirements = join(sources, 'requirements.txt');
    run(join(making, 'bin/python'), [...pip, '-r', requirements], { quiet: true });
    const server = join(making, `lib/python${python.version}/site-packages/pytriton/tritonserver`);
    const stub = 'triton_python_backend_stub';
    const placed = join(server, 'backends/python', stub);
    copyFileSync(join(server, 'python_backend_stubs', python.version, stub), placed);
    chmodSync(placed, 0o755);
    chmodSync(join(server, 'bin/tritonserver'), 0o755);
    writeFileSync(join(making, 'lesionwise-installed.txt'), lock);
    rmSync(own, { recursive: true, force: true });
    renameSync(making, own);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    if (error.code !== 'ENOTEMPTY') throw error;
  }
}

const tensor = ([name, type, dims]) =>
  `{ name: "${name}" data_type: TYPE_${type} dims: [${dims.join()}] }`;

function writeModel(repository, { name, versions, maxBatch, input, outputs }) {
  const folder = join(repository, name);
  mkdirSync(folder);
  const tensors = Object.entries(outputs).map(([output, dims]) => tensor([output, 'FP32', dims]));
  const config = [
    'backend: "python"',
    `max_batch_size: ${maxBatch}`,
    `input [ ${tensor([input.name, 'UINT8', input.dims])} ]`,
    `output [ ${tensors.join(', ')} ]`,
    'instance_group [ { kind: KIND_CPU count: 1 } ]',
    'version_policy: { all: {} }',
  ];
  writeFileSync(join(folder, 'config.pbtxt'), config.join('\n'));
  for (const [version, file] of Object.entries(versions)) {
    mkdirSync(join(folder, version));
    copyFileSync(join(sources, 'model.py'), join(folder, version, 'model.py'));
    symlinkSync(file, join(folder, version, 'model.onnx'));
  }
}

/**
 * Starts a Triton with these models on a port of its own, which it keeps when it is started again.
 *
 * @param {NonNullable<ReturnType<typeof ensureTriton>>} triton
 * @param {object[]} models
 */
export async function startTriton(triton, models) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let server;

  const killGroup = () => {
    const { child } = server;
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL');
  };
  const start = async (served) => {
    const repository = mkdtempSync(join(tmpdir(), 'lesionwise-triton-'));
    for (const model of served) writeModel(repository, model);
    const child = spawn(
      triton.program,
      [
        ...['--model-repository', repository, '--backend-directory', triton.backends],
        ...['--http-address', '127.0.0.1', '--http-port', String(port)],
        ...['--allow-grpc', 'false', '--allow-metrics', 'false', '--exit-timeout-secs', '2'],
      ],
      // A group of its own: the interpreters it starts die with it.
      { env: triton.environment, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const log = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => log.push(text));
    server = { child, ended: once(child, 'exit'), repository };
    process.once('exit', killGroup);
    const deadline = Date.now() + startTimeoutMs;
    while (!(await isReady(url))) {
      if (child.exitCode !== null || Date.now() > deadline) {
        await kill();
        throw new Error(`Triton did not start:\n${Buffer.concat(log).toString().slice(-4000)}`);
      }
      await sleep(50);
    }
  };
  const kill = async () => {
    if (!server) return;
    const { ended, repository } = server;
    killGroup();
    process.off('exit', killGroup);
    server = undefined;
    await ended;
    rmSync(repository, { recursive: true, force: true });
  };

  await start(models);
  return { url, port, kill, start };
}

async function isReady(url) {
  try {
    return (await fetch(`${url}/v2/health/ready`)).ok;
  } catch {
    return false;
  }
}
