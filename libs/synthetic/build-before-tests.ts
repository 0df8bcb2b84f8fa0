import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';

/** Compiles the library before its tests: they start its drawing threads from dist. */
export default function build(): void {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-b'], { cwd: import.meta.dirname, stdio: 'inherit' });
}
