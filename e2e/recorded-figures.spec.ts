import { readFileSync } from 'node:fs';
import { type APIRequestContext, expect } from '@playwright/test';
import { test } from './whole-pages.js';

const email = process.env['LESIONWISE_E2E_EMAIL'] ?? '';
const password = process.env['LESIONWISE_E2E_PASSWORD'] ?? '';
/** A study with images and references, and the figures that multitask 0.1.0 must reach on it. */
const slug = process.env['LESIONWISE_E2E_FIGURES_STUDY'] ?? 'journey';
const file = process.env['LESIONWISE_E2E_FIGURES'] ?? '';

interface Figure {
  value: number;
  tolerance: number;
}
type Figures = Record<'jaccard' | 'aucMelanoma' | 'aucSeborrheicKeratosis', Figure> & {
  images: number;
};

/** Asks the API as a script does; any error fails the test. */
async function ask<T>(request: APIRequestContext, query: string, variables = {}): Promise<T> {
  const answer = await request.post('/graphql', { data: { query, variables } });
  const { data, errors } = (await answer.json()) as { data: T; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

const evaluationOf = `{
  versions {
    tasks { task auc { value } }
    segmentation { images meanJaccard { value } }
  }
}`;
interface Evaluated {
  versions: {
    tasks: { task: string; auc: { value: number } }[];
    segmentation: { images: number; meanJaccard: { value: number } };
  }[];
}

test('the API and the dashboard give the figures recorded for the model', async ({ page }) => {
  const figures = (JSON.parse(readFileSync(file, 'utf8')) as { validation: Figures }).validation;
  const { request } = page;
  const signedIn = await request.post('/api/auth/sign-in/email', { data: { email, password } });
  expect(signedIn.ok()).toBe(true);

  const { study, modelVersion } = await ask<{
    study: { id: string };
    modelVersion: { id: string };
  }>(
    request,
    `query ($slug: String!) {
      study(slug: $slug) { id }
      modelVersion(name: "multitask", version: "0.1.0") { id }
    }`,
    { slug },
  );
  const { createCohort } = await ask<{ createCohort: { id: string } }>(
    request,
    'mutation ($input: CreateCohortInput!) { createCohort(input: $input) { id } }',
    { input: { studyId: study.id, name: 'Figures', filter: {} } },
  );
  const { createSnapshot } = await ask<{ createSnapshot: { id: string; imageCount: number } }>(
    request,
    'mutation ($id: ID!) { createSnapshot(cohortId: $id) { id imageCount } }',
    { id: createCohort.id },
  );
  expect(createSnapshot.imageCount).toBe(figures.images);
  const { requestInference } = await ask<{ requestInference: { id: string } }>(
    request,
    'mutation ($input: RequestInferenceInput!) { requestInference(input: $input) { id } }',
    { input: { snapshotId: createSnapshot.id, modelVersionId: modelVersion.id } },
  );
  await expect
    .poll(
      async () => {
        const query = 'query ($id: ID!) { inferenceRun(id: $id) { state failedCount } }';
        return await ask<object>(request, query, { id: requestInference.id });
      },
      { timeout: 120_000 },
    )
    .toEqual({ inferenceRun: { state: 'DONE', failedCount: 0 } });
  const { createEvaluation } = await ask<{ createEvaluation: Evaluated & { id: string } }>(
    request,
    `mutation ($input: CreateEvaluationInput!) {
      createEvaluation(input: $input) { id ...on Evaluation ${evaluationOf} }
    }`,
    { input: { snapshotId: createSnapshot.id, modelVersionIds: [modelVersion.id] } },
  );

  const [version] = createEvaluation.versions;
  const aucOf = (task: string) => version?.tasks.find((entry) => entry.task === task)?.auc.value;
  const found = [
    ['melanoma AUC', aucOf('MELANOMA'), figures.aucMelanoma],
    ['seborrheic keratosis AUC', aucOf('SEBORRHEIC_KERATOSIS'), figures.aucSeborrheicKeratosis],
    ['mean Jaccard', version?.segmentation.meanJaccard.value, figures.jaccard],
  ] as const;
  await page.goto(`/s/${slug}/evaluations/${createEvaluation.id}`);
  const answer = await page.getByRole('heading', { level: 2, name: /melanoma AUC/ }).innerText();
  for (const [name, value, { value: expected, tolerance }] of found) {
    expect(value, name).toBeGreaterThanOrEqual(expected - tolerance);
    expect(value, name).toBeLessThanOrEqual(expected + tolerance);
    expect(answer).toContain(`${name} ${(value ?? 0).toFixed(3)} [`);
  }
  expect(version?.segmentation.images).toBe(figures.images);
});
