// A Python for training/ and for clients/python/: the system's, with the locked packages of each in a folder
// of its own.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './install.mjs';

/** Installs the same packages as pip, in a tenth of the time. */
const installer = 'uv==0.13.9';

const programs = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];

/** The first Python from 3.10 that can make environments, or undefined. */
function findPython() {
  const question =
    'import ensurepip, sys, venv; print(sys.executable); sys.exit(sys.version_info < (3, 10))';
  for (const program of [...programs, '/usr/bin/python3']) {
    const { status, stdout } = spawnSync(program, ['-c', question], { encoding: 'utf8' });
    if (status === 0) return stdout.trim();
  }
  return undefined;
}

/**
 * Makes sure of Python and the packages of a folder's requirements.txt, and returns the folder of their
 * programs; undefined where this machine has no Python. Throws when the packages cannot be installed.
 *
 * @param {string} project of the checkout
 * @param {string} packages said while they are installed
 */
export function ensurePython(project, packages) {
  const folder = join(root, project);
  const own = join(folder, '.venv');
  const binaries = join(own, process.platform === 'win32' ? 'Scripts' : 'bin');
  const lock = readFileSync(join(folder, 'requirements.txt'), 'utf8');
  const stamp = join(own, 'lesionwise-installed.txt');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return binaries;
  const python = findPython();
  if (python === undefined) return undefined;
  console.log(`Installing ${packages} (once)…`);
  rmSync(own, { recursive: true, force: true });
  run(python, ['-m', 'venv', own], { quiet: true });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  run(join(binaries, 'python'), [...pip, installer], { quiet: true });
  run(
    join(binaries, 'uv'),
    ['pip', 'install', '--quiet', '--python', own, '--require-hashes', '-r', 'requirements.txt'],
    { quiet: true, cwd: folder },
  );
  writeFileSync(stamp, lock);
  return binaries;
}
