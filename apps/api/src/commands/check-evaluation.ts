// Computes frozen evaluations once more from the rows themselves, and says whether every number comes out again.
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { actingAdministrator } from '../accounts/acting-administrator.service.js';
import { readConfig } from '../config.js';
import { openDatabase } from '../db.js';
import { Refusal } from '../errors.js';
import { checkEvaluation } from '../evaluation/evaluation-check.service.js';
import type { EvaluationCheck } from '../evaluation/evaluation-check.type.js';
import { allEvaluations, evaluationNamed } from '../evaluation/named-evaluations.service.js';

const usage = `Usage: npm run check-evaluation -- <evaluation>… [--as <e-mail address>] [--json]
       npm run check-evaluation -- --all [--as <e-mail address>] [--json]

  <evaluation>   its id, or the first 6 or more digits of the hash of its inputs
  --all          every evaluation, oldest first
  --as           for whom to look: what they may not see is not there; the first administrator unless given
  --json         prints one JSON object for each evaluation, a line each

Exit status 0 when every number came out again to the last digit, 1 when one did not or an
evaluation is not there, 2 for a question that cannot be asked.`;

/** Enough to see where to look; all are in the JSON. */
const mostShown = 5;

const { values, positionals } = parseArgs({
  options: {
    all: { type: 'boolean', default: false },
    as: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
if (values.all === positionals.length > 0) {
  console.error(usage);
  process.exit(2);
}

const db = openDatabase(readConfig().databaseUrl, { connections: 4 });
try {
  const viewer = await actingAdministrator(db, values.as);
  const named = () => Promise.all(positionals.map((name) => evaluationNamed(db, viewer, name)));
  let [checked, failed] = [0, 0];
  for await (const id of values.all ? allEvaluations(db, viewer) : await named()) {
    const check = await checkEvaluation({ db }, viewer, id);
    if (!check) continue; // gone since it was looked for
    checked += 1;
    if (!check.isReproduced) failed += 1;
    console.log(values.json ? JSON.stringify(check) : inWords(check));
  }
  if (!values.json && checked !== 1) {
    console.log(`${checked} evaluations checked, ${failed} did not come out again.`);
  }
  process.exitCode = failed > 0 ? 1 : 0;
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await db.$disconnect();
}

function inWords(check: EvaluationCheck): string {
  const { evaluationId, compared, differenceCount, differences, failure } = check;
  if (check.isReproduced) {
    return `${evaluationId}: reproduced, all ${compared} numbers and words to the last digit.`;
  }
  if (failure !== null) return `${evaluationId}: CANNOT BE COMPUTED AGAIN. ${failure}`;
  const { frozenMetricsVersion: frozen, metricsVersion: now } = check;
  const versions =
    frozen === now
      ? `both by @lesionwise/metrics ${now}`
      : `frozen by @lesionwise/metrics ${frozen}, checked by ${now}`;
  return [
    `${evaluationId}: NOT REPRODUCED, ${differenceCount} of ${compared} numbers and words differ (${versions}).`,
    ...differences
      .slice(0, mostShown)
      .map(
        ({ path, frozen: old, recomputed }) =>
          `  ${path}: frozen ${JSON.stringify(old)}, now ${JSON.stringify(recomputed)}`,
      ),
    ...(differenceCount > mostShown ? [`  and ${differenceCount - mostShown} more`] : []),
  ].join('\n');
}
