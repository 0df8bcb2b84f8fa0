import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import { signInAsAdministrator } from './administrator.js';

const url = process.env['LESIONWISE_URL'] ?? '';
const root = join(import.meta.dirname, '..');
/** Two programs rarely add up a sum in the same order. */
const tolerance = 1e-9;

interface Language {
  name: 'Python' | 'R' | 'TypeScript';
  ending: string;
  /** Absent where this machine has none; the test run names what it left out. */
  program: string | undefined;
  example: string;
}
const languages: Language[] = [
  {
    ...{ name: 'Python', ending: 'py', example: 'clients/python/auc.py' },
    program: process.env['LESIONWISE_E2E_PYTHON'],
  },
  {
    ...{ name: 'R', ending: 'R', example: 'clients/r/auc.R' },
    program: process.env['LESIONWISE_E2E_RSCRIPT'],
  },
  {
    ...{ name: 'TypeScript', ending: 'mts', example: 'clients/typescript/examples/evaluation.ts' },
    program: process.execPath,
  },
];

async function ask<T>(request: APIRequestContext, query: string, variables = {}): Promise<T> {
  const answer = await request.post('/graphql', { data: { query, variables } });
  const { data, errors } = (await answer.json()) as { data: T; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

interface Found {
  study: {
    evaluations: {
      edges: {
        node: { id: string; versions: { tasks: { task: string; auc: { value: number } }[] }[] };
      }[];
    };
  };
}

/** The newest evaluation of the journey's study, its melanoma AUC, and a token that may only read. */
async function prepare(page: Page) {
  await signInAsAdministrator(page);
  const { request } = page;
  const { study } = await ask<Found>(
    request,
    `{ study(slug: "journey") { evaluations(first: 1) { edges { node {
      id versions { tasks { task auc { value } } }
    } } } } }`,
  );
  const evaluation = study.evaluations.edges[0]!.node;
  const { createApiToken } = await ask<{ createApiToken: { secret: string } }>(
    request,
    'mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) { secret } }',
    { input: { name: 'scripts', scope: 'READ', expiresInDays: 1 } },
  );
  const [first] = evaluation.versions;
  const auc = first!.tasks.find(({ task }) => task === 'MELANOMA')!.auc.value;
  return { id: evaluation.id, auc, token: createApiToken.secret };
}

/** What the menu beside a plot puts into the clipboard. */
async function copied(page: Page, id: string, plot: string, language: string): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`/s/journey/evaluations/${id}`);
  // What lies below the fold comes when one scrolls near it.
  await expect(async () => {
    await page.mouse.wheel(0, 600);
    await expect(page.getByRole('button', { name: `Copy as a script: ${plot}` })).toBeVisible({
      timeout: 500,
    });
  }).toPass({ timeout: 30_000 });
  await page.getByRole('button', { name: `Copy as a script: ${plot}` }).click();
  await page.getByRole('menuitem', { name: `Copy as ${language}`, exact: true }).click();
  await expect(page.getByText(`Copied as ${language}`)).toBeAttached();
  return page.evaluate(() => navigator.clipboard.readText());
}

function run(program: string, args: string[], token: string) {
  const env = { ...process.env, LESIONWISE_URL: url, LESIONWISE_TOKEN: token };
  const { status, stdout, stderr } = spawnSync(program, args, { env, encoding: 'utf8' });
  expect(status, stderr + stdout).toBe(0);
  return stdout;
}

for (const { name, ending, program, example } of languages) {
  if (!program) continue;
  test(`the copied ${name} script and the example compute the AUC that the dashboard shows`, async ({
    page,
  }) => {
    const { id, auc, token } = await prepare(page);
    const folder = mkdtempSync(join(tmpdir(), 'lesionwise-script-'));
    try {
      const script = join(folder, `script.${ending}`);
      writeFileSync(script, await copied(page, id, 'Melanoma ROC', name));
      await expect(page.getByText(auc.toFixed(3)).first()).toBeVisible();
      const [, computed] = / auc: computed (\S+), served/.exec(run(program, [script], token)) ?? [];
      expect(Math.abs(Number(computed) - auc)).toBeLessThanOrEqual(tolerance);
      writeFileSync(script, await copied(page, id, 'Segmentation, Jaccard to reference', name));
      expect(run(program, [script], token)).toMatch(/mean_jaccard: computed 0\.\d+, served 0\./);
    } finally {
      rmSync(folder, { recursive: true });
    }
    expect(run(program, [join(root, example), id], token)).toContain(String(auc).slice(0, 12));
  });
}

test('the copied GraphQL asks for the very number', async ({ page }) => {
  const { id, auc } = await prepare(page);
  const text = await copied(page, id, 'Melanoma ROC', 'GraphQL');
  const { evaluation } = await ask<{ evaluation: object }>(page.request, text);
  expect(JSON.stringify(evaluation)).toContain(`"value":${auc}`);
});

test('a script whose snapshot is another one stops instead of comparing', async ({ page }) => {
  const { id, token } = await prepare(page);
  const text = await copied(page, id, 'Melanoma ROC', 'TypeScript');
  const folder = mkdtempSync(join(tmpdir(), 'lesionwise-script-'));
  try {
    const script = join(folder, 'script.mts');
    writeFileSync(script, text.replace(/snapshotSha256 = "\w/, 'snapshotSha256 = "x'));
    const env = { ...process.env, LESIONWISE_URL: url, LESIONWISE_TOKEN: token };
    const { status, stderr } = spawnSync(process.execPath, [script], { env, encoding: 'utf8' });
    expect(status).not.toBe(0);
    expect(stderr).toContain('another snapshot');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
