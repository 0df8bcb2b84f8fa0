// The AUC of each version of an evaluation, and what the facts behind it are.
// LESIONWISE_URL=… LESIONWISE_TOKEN=… node examples/evaluation.ts <evaluation id>
import { createClient } from '../dist/index.js';

const [id] = process.argv.slice(2);
const { LESIONWISE_URL: url, LESIONWISE_TOKEN: token } = process.env;
if (!id || !url || !token) {
  throw new Error('Name an evaluation, and set LESIONWISE_URL and LESIONWISE_TOKEN.');
}

const client = createClient({ url, token });
const evaluation = await client.evaluation(id);
if (!evaluation) throw new Error(`There is no evaluation ${id} that you may see.`);
for (const { modelVersion, tasks } of evaluation.versions) {
  for (const { task, positives, negatives, auc } of tasks) {
    const interval = auc.low === null ? '' : ` [${auc.low}, ${auc.high}]`;
    const value = auc.value ?? `not defined: ${auc.undefinedReason}`;
    console.log(
      `${modelVersion.title} ${task}: AUC ${value}${interval}, n ${positives} + ${negatives}`,
    );
  }
}
let facts = 0;
for await (const row of client.predictions(id)) if (row['melanoma_score'] !== null) facts += 1;
console.log(`${facts} melanoma scores on ${evaluation.snapshot.imageCount} images`);
