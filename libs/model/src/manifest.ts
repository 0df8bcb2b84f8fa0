import { z } from 'zod';
import { ModelPackageError } from './model-package-error.js';

/** The yes/no questions a model version may answer with a score, in the order the product shows them. */
export const tasks = ['melanoma', 'seborrheic_keratosis'] as const;
export type Task = (typeof tasks)[number];

// The expression semver.org publishes for version 2.0.0, without its named groups.
const SEMVER =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?$/;
/** Where a package lists the images it was trained on. */
const TRAINING_LIST_FILE = 'training-list.csv';
const SHA256 = /^[0-9a-f]{64}$/;
/** Twice the largest input in the dermoscopy literature; a bound keeps one image from filling memory. */
const LARGEST_SIDE = 4096;

const tensorName = z.string().min(1).max(200);
const side = z.int().min(1).max(LARGEST_SIDE);
const sha256 = z.string().regex(SHA256, 'must be 64 lower-case hexadecimal digits');

const inputSchema = z.strictObject({
  name: tensorName,
  dtype: z.literal('uint8'),
  layout: z.literal('NHWC'),
  height: side,
  width: side,
  fit: z.enum(['squash', 'letterbox']),
  colour: z.literal('RGB'),
});

const scoreSchema = z.strictObject({
  task: z.enum(tasks),
  name: tensorName,
  index: z.int().min(0).max(1023),
});

const outputsSchema = z.strictObject({
  mask: z.strictObject({ name: tensorName, height: side, width: side }).optional(),
  scores: z.array(scoreSchema).min(1).optional(),
});

const trainingSchema = z.strictObject({
  data: z.string().min(1),
  dataSha256: sha256.optional(),
  seed: z.int().optional(),
  code: z.string().min(1).optional(),
  // The images it was trained on, one row each: without it nobody can tell a test image from a training image.
  list: z.strictObject({ file: z.literal(TRAINING_LIST_FILE), sha256 }).optional(),
  // Free inside: what a trainer reports is its own affair, and the product never computes with it.
  metrics: z.looseObject({}).optional(),
});

const fields = z.strictObject({
  schema: z.literal('lesionwise.model/1'),
  name: z
    .string()
    .max(100)
    .regex(/^[a-z0-9]+(?:[-_.][a-z0-9]+)*$/, 'must be lower-case letters, digits and single - _ .'),
  version: z.string().max(100).regex(SEMVER, 'must be a semantic version such as 1.0.0'),
  licence: z.string().min(1).max(100),
  file: z
    .string()
    .max(200)
    .regex(/^[^./\\:\0][^/\\:\0]*$/, 'must be a plain file name inside the package'),
  sha256,
  input: inputSchema,
  outputs: outputsSchema,
  maskThreshold: z.number().gt(0).lt(1),
  training: trainingSchema,
});

/**
 * What a model package says of itself (`manifest.json`, schema `lesionwise.model/1`).
 *
 * Unknown keys are refused, so that a misspelt field is a fault and not a silence. `maskThreshold` is
 * the probability at which a pixel counts as lesion (`>=`); it is written even where there is no mask.
 */
export const modelManifestSchema = fields.superRefine(addContradictions);

export type ModelManifest = z.infer<typeof modelManifestSchema>;

/** The manifest of a version whose file we do not hold, because it is served elsewhere; it may still name it. */
const contractSchema = fields.partial({ file: true, sha256: true }).superRefine(addContradictions);

/** What a version promises wherever it runs: a manifest that need not name a file. */
export type ModelContract = z.infer<typeof contractSchema>;

type Outputs = z.infer<typeof outputsSchema>;
interface Contradiction {
  path: (string | number)[];
  message: string;
}

function addContradictions(
  given: Parameters<typeof contradictions>[0],
  context: z.core.$RefinementCtx,
): void {
  for (const { path, message } of contradictions(given)) {
    context.addIssue({ code: 'custom', path, message });
  }
}

/** What a JSON Schema cannot say: fields that are right alone and wrong together. */
function contradictions({
  input,
  outputs,
}: {
  input: z.infer<typeof inputSchema>;
  outputs: Outputs;
}): Contradiction[] {
  const found: Contradiction[] = [];
  if (!outputs.mask && !outputs.scores) {
    found.push({ path: ['outputs'], message: 'must name a mask, scores, or both' });
  }
  // Undoing the padding is exact only on the grid it was made on.
  if (
    outputs.mask &&
    input.fit === 'letterbox' &&
    (outputs.mask.height !== input.height || outputs.mask.width !== input.width)
  ) {
    const message = 'must be of the size of the input, because the input is letterboxed';
    found.push({ path: ['outputs', 'mask'], message });
  }
  return [...found, ...scoreContradictions(outputs)];
}

function scoreContradictions({ mask, scores = [] }: Outputs): Contradiction[] {
  const found: Contradiction[] = [];
  scores.forEach((score, at) => {
    const path = ['outputs', 'scores', at];
    const before = scores.slice(0, at);
    if (before.some(({ task }) => task === score.task)) {
      found.push({ path: [...path, 'task'], message: `${score.task} is already given above` });
    } else if (before.some(({ name, index }) => name === score.name && index === score.index)) {
      const message = `${score.name}[${score.index}] already answers another task`;
      found.push({ path: [...path, 'index'], message });
    }
    if (score.name === mask?.name) {
      found.push({ path: [...path, 'name'], message: `${score.name} is the mask's output` });
    }
  });
  return found;
}

/** The schema as JSON Schema (draft 2020-12), for editors and for tools in other languages. */
export function manifestJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(modelManifestSchema),
    title: 'Lesionwise model manifest',
    description:
      'manifest.json of a model package. Beyond this schema: outputs names a mask, scores, or both; no task appears twice.',
  };
}

/**
 * The manifest, once it is known to be one.
 *
 * Throws ModelPackageError `MANIFEST_INVALID`, whose `where` is the path of the first faulty field and
 * whose message lists every faulty field.
 */
export function parseManifest(json: unknown): ModelManifest {
  const parsed = modelManifestSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw manifestInvalid(parsed.error);
}

/** The same for a version that is served elsewhere: `file` and `sha256` may be absent. */
export function parseContract(json: unknown): ModelContract {
  const parsed = contractSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw manifestInvalid(parsed.error);
}

function manifestInvalid(error: z.ZodError): ModelPackageError {
  const faults = error.issues.flatMap((issue) => {
    // One fault per unknown key, so that `where` names the key and not the object around it.
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [];
    if (keys.length === 0) return [{ field: fieldPath(issue.path), message: issue.message }];
    return keys.map((key) => ({
      field: fieldPath([...issue.path, key]),
      message: 'unknown field',
    }));
  });
  const listed = faults.map(({ field, message }) => `${field}: ${message}`).join('; ');
  return new ModelPackageError(
    'MANIFEST_INVALID',
    faults[0]?.field ?? 'manifest.json',
    `manifest.json is not a model manifest: ${listed}`,
  );
}

function fieldPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'manifest.json';
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}
