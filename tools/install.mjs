// What every command does first: install what is missing, then go on under the pinned Node.
// Imports nothing from npm, because it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const pinnedMajor = 24;

const isWindows = process.platform === 'win32';
const binaries = join(root, 'node_modules/.bin');

/** The environment in which programs of the checkout find each other, and nobody phones home. */
export const environment = (extra = {}) => ({
  ...process.env,
  PATH: `${binaries}${delimiter}${process.env.PATH ?? ''}`,
  CHECKPOINT_DISABLE: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  NX_DAEMON: 'false',
  NX_NO_CLOUD: 'true',
  NX_TUI: 'false',
  DO_NOT_TRACK: '1',
  npm_config_loglevel: 'error',
  npm_config_update_notifier: 'false',
  ...extra,
});

/** Runs a program of the checkout; its output is shown, or kept for the error when `quiet`. */
export function run(program, args, { quiet = false, env = {}, cwd = root } = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    env: environment(env),
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    encoding: 'utf8',
    shell: isWindows,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status === 0) return stdout ?? '';
  const reason = error?.message ?? `exit status ${status}`;
  throw new Error(`${program} ${args.join(' ')}: ${reason}\n${stdout ?? ''}${stderr ?? ''}`);
}

/** True when the lock file is the one that node_modules was installed from. */
function isInstalled() {
  const installed = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installed) || !existsSync(join(binaries, isWindows ? 'node.cmd' : 'node'))) {
    return false;
  }
  const stamp = join(root, 'node_modules/.lesionwise-installed');
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === String(hash(lock));
  // Installed by `npm install` or `npm ci` by hand.
  return statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

/** A small stable hash (FNV-1a): only equality matters. */
function hash(text) {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return value;
}

/** Installs the locked packages unless they are there. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  const { writeFileSync } = await import('node:fs');
  // Beside the output, which may be read by a program.
  console.error('Installing packages (once)…');
  run('npm', ['ci', '--no-audit', '--no-fund'], { quiet: true });
  writeFileSync(
    join(root, 'node_modules/.lesionwise-installed'),
    String(hash(readFileSync(join(root, 'package-lock.json'), 'utf8'))),
  );
}

/** Starts the calling script again under the pinned Node when an older one runs it; then never returns. */
export function relaunchUnderPinnedNode() {
  if (Number(process.versions.node.split('.')[0]) >= pinnedMajor) return;
  const { status } = spawnSync(
    join(binaries, isWindows ? 'node.cmd' : 'node'),
    process.argv.slice(1),
    { cwd: process.cwd(), env: environment(), stdio: 'inherit', shell: isWindows },
  );
  process.exit(status ?? 1);
}

/** Both of the above: the first line of every command. */
export async function prepare() {
  await ensureInstalled();
  relaunchUnderPinnedNode();
}
