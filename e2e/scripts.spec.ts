import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type APIRequestContext, expect, type Page } from '@playwright/test';
import { signInAsAdministrator } from './administrator.js';
import { test } from './whole-pages.js';

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

interface OfVersion {
  modelVersion: { id: string };
  auc: { value: number };
}
interface Found {
  study: {
    evaluations: {
      edges: {
        node: {
          id: string;
          versions: {
            modelVersion: { id: string };
            tasks: { task: string; auc: { value: number } }[];
            segmentation: { meanJaccard: { value: number } };
          }[];
          comparison: {
            tasks: {
              task: string;
              subgroups: {
                attribute: string;
                levels: { level: string; versions: OfVersion[] }[];
              }[];
            }[];
          };
        };
      }[];
    };
  };
}

/** A number of the dashboard. */
interface Reproduced {
  /** Beside which its script is copied. */
  plot: string;
  /** As the script names it in its line. */
  statistic: string;
  value: number;
  /** How the dashboard shows it. */
  shown: string | RegExp;
}

/** The newest evaluation of the journey's study, some of its numbers, and a token that may only read. */
async function prepare(page: Page) {
  await signInAsAdministrator(page);
  const { request } = page;
  const { study } = await ask<Found>(
    request,
    `{ study(slug: "journey") { evaluations(first: 1) { edges { node {
      id
      versions {
        modelVersion { id } tasks { task auc { value } } segmentation { meanJaccard { value } }
      }
      comparison { tasks { task subgroups { attribute levels {
        level versions { modelVersion { id } auc { value } }
      } } } }
    } } } } }`,
  );
  const { id, versions, comparison } = study.evaluations.edges[0]!.node;
  const { createApiToken } = await ask<{ createApiToken: { secret: string } }>(
    request,
    'mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) { secret } }',
    { input: { name: 'scripts', scope: 'READ', expiresInDays: 1 } },
  );
  const [first] = versions;
  const auc = first!.tasks.find(({ task }) => task === 'MELANOMA')!.auc.value;
  const { subgroups } = comparison.tasks.find(({ task }) => task === 'MELANOMA')!;
  // One sex: the journey has too few men with a melanoma for an AUC.
  const women = subgroups
    .find(({ attribute }) => attribute === 'SEX')!
    .levels.find(({ level }) => level === 'FEMALE')!.versions[0]!.auc.value;
  // Otherwise a script that forgets to choose the women would be right too.
  expect(women).not.toBe(auc);
  const { value: jaccard } = first!.segmentation.meanJaccard;
  const numbers: Reproduced[] = [
    { plot: 'Melanoma ROC', statistic: 'auc', value: auc, shown: auc.toFixed(3) },
    {
      ...{ plot: 'Subgroups, melanoma', statistic: 'subgroups.auc at SEX=FEMALE', value: women },
      shown: new RegExp(`Female\\s*\\d+ / \\d+\\s*${women.toFixed(2)}`),
    },
    {
      ...{ plot: 'Segmentation, Jaccard to reference', statistic: 'mean_jaccard' },
      ...{ value: jaccard, shown: jaccard.toFixed(3) },
    },
  ];
  return { id, version: first!.modelVersion.id, auc, numbers, token: createApiToken.secret };
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
  test(`the copied ${name} scripts and the example compute the numbers that the dashboard shows`, async ({
    page,
  }) => {
    const { id, auc, numbers, token } = await prepare(page);
    const folder = mkdtempSync(join(tmpdir(), 'lesionwise-script-'));
    try {
      const script = join(folder, `script.${ending}`);
      for (const { plot, statistic, value, shown } of numbers) {
        writeFileSync(script, await copied(page, id, plot, name));
        await expect(page.getByRole('main')).toContainText(shown);
        const said = run(program, [script], token);
        const [, computed] = new RegExp(` ${statistic}: computed (\\S+), served`).exec(said) ?? [];
        expect(Math.abs(Number(computed) - value), said).toBeLessThanOrEqual(tolerance);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
    expect(run(program, [join(root, example), id], token)).toContain(String(auc).slice(0, 12));
  });
}

const python = process.env['LESIONWISE_E2E_PYTHON'];
// Where there is none, `npm test` says what it did not run.
if (python) {
  test('the example in Python names the melanoma first that the dashboard names first', async ({
    page,
  }) => {
    const { id, version, token } = await prepare(page);
    await page.goto(`/s/journey/evaluations/${id}`);
    const melanomas = page
      .getByRole('table', { name: 'Images by error' })
      .getByRole('row')
      .filter({ has: page.getByRole('cell', { name: 'Melanoma', exact: true }) });
    const hardest = await melanomas.first().getByRole('link', { name: /^SYN_/ }).innerText();
    const example = join(root, 'clients/python/hardest.py');
    const [heading, first] = run(python, [example, 'journey', version], token).split('\n');
    expect(heading?.trim().split(/ +/)).toEqual(['image', 'patient', 'melanoma', 'jaccard']);
    expect(first?.trim().split(' ')[0]).toBe(hardest);
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
