// Type-checks what the builds leave out: tests, configurations, end-to-end journeys.
import { run } from './install.mjs';

const projects = [
  'libs/metrics/tsconfig.test.json',
  'libs/model/tsconfig.test.json',
  'libs/synthetic/tsconfig.test.json',
  'clients/typescript/tsconfig.test.json',
  'apps/api/tsconfig.test.json',
  'apps/web/tsconfig.json',
  'e2e/tsconfig.json',
  'tools/tsconfig.json',
];
const faults = [];
for (const project of projects) {
  try {
    run('tsc', ['-p', project, '--noEmit'], { quiet: true });
  } catch (error) {
    faults.push(error.message);
  }
}
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
