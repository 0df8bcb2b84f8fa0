import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Compiles the application once before all tests: some of them start its processes, which run from dist. */
export default function build(): void {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  // Its exit code tells of type faults, which are the type check's to judge: what is tested here is what runs.
  spawnSync(process.execPath, [tsc, '-b'], { cwd, stdio: 'ignore' });
}
