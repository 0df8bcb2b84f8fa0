// The process that opens a file nobody has vouched for yet. Bytes that crash the runtime, or make it run
// for ever, take this process down and nothing else; checkModelPackage reports what it was at.
import { readFile } from 'node:fs/promises';
import { InferenceSession, Tensor, env } from 'onnxruntime-node';
import {
  BATCH_TOLERANCE,
  REPEAT_TOLERANCE,
  requireSame,
  scoresInWords,
} from './answer-difference.js';
import type {
  CheckFinding,
  CheckOrder,
  FromCheckProcess,
  ModelCheckName,
} from './check-messages.js';
import { ModelPackageError, type ModelPackageErrorCode } from './model-package-error.js';
import {
  OPSETS,
  assertSignature,
  countStandardOperators,
  decodeOnnx,
  refuseExternalData,
  standardOpset,
  type OnnxModel,
} from './onnx-structure.js';
import { predictionsOf } from './predictions.js';
import { probeImage } from './probe-image.js';
import type { Run } from './session-messages.js';

env.logLevel = 'fatal';

const post = (message: FromCheckProcess) =>
  new Promise<void>((resolve) => {
    // Awaited, because a crash in the next step must find the last message already sent.
    process.send?.(message, undefined, undefined, () => {
      resolve();
    });
  });

type Finding = Omit<CheckFinding, 'name' | 'passed'>;

async function check<T>(
  name: ModelCheckName,
  step: () => Promise<[T, Finding]> | [T, Finding],
): Promise<T> {
  await post({ kind: 'begun', name });
  try {
    const [value, finding] = await step();
    await post({ kind: 'ended', finding: { name, passed: true, ...finding } });
    return value;
  } catch (cause) {
    await post({ kind: 'ended', finding: { name, passed: false, ...failure(cause) } });
    throw cause;
  }
}

function failure(cause: unknown): Finding & { code: ModelPackageErrorCode } {
  if (cause instanceof ModelPackageError) {
    return { detail: cause.message, code: cause.code, where: cause.where };
  }
  const words = cause instanceof Error ? cause.message : String(cause);
  return { detail: `the runtime refused it: ${words.split('\n')[0]!}`, code: 'RUNTIME_REFUSED' };
}

async function checkStructure(bytes: Uint8Array, { manifest }: CheckOrder): Promise<OnnxModel> {
  const model = await check('onnx_valid', () => {
    const decoded = decodeOnnx(bytes, manifest.file);
    return [decoded, { detail: `written by ${decoded.producerName || 'an unnamed exporter'}` }];
  });
  await check('opset', () => {
    const opset = standardOpset(model);
    const expected = `${OPSETS.from} to ${OPSETS.to}`;
    return [opset, { detail: `opset ${opset}`, expected, found: String(opset) }];
  });
  await check('standard_operators', () => {
    const count = countStandardOperators(model);
    return [count, { detail: `${count} operators, all standard` }];
  });
  await check('self_contained', () => {
    refuseExternalData(model);
    return [undefined, { detail: 'no tensor is kept in another file' }];
  });
  await check('signature', () => {
    assertSignature(model, manifest);
    return [undefined, { detail: 'names, types and shapes agree' }];
  });
  return model;
}

type Runner = (images: Uint8Array[]) => Promise<Run>;

function runner(session: InferenceSession, { input, outputs }: CheckOrder['manifest']): Runner {
  const names = [outputs.mask?.name, ...(outputs.scores ?? []).map(({ name }) => name)];
  const fetched = [...new Set(names)].filter((name) => name !== undefined);
  return async (images) => {
    const dims = [images.length, input.height, input.width, 3];
    const batch = new Uint8Array(Buffer.concat(images));
    const answer = await session.run({ [input.name]: new Tensor('uint8', batch, dims) }, fetched);
    const outputs = fetched.map((name) => {
      const { data, dims: shape } = answer[name]!;
      // A copy: what the runtime hands out may be overwritten by the next run.
      return [name, { values: Float32Array.from(data as Float32Array), dims: [...shape] }] as const;
    });
    return { count: images.length, outputs: Object.fromEntries(outputs) };
  };
}

async function checkAnswers(bytes: Uint8Array, { manifest }: CheckOrder): Promise<void> {
  const [probe, neighbour] = [0, 1].map((variant) => probeImage(manifest.input, variant));
  const raw = await check('runs', async () => {
    const session = await InferenceSession.create(bytes, {
      executionProviders: ['cpu'],
      logSeverityLevel: 4,
    });
    const run = runner(session, manifest);
    const alone = await run([probe!]);
    const again = await run([probe!]);
    const paired = await run([probe!, neighbour!]);
    return [{ alone, again, paired }, { detail: 'one image, and two at once, on the CPU' }];
  });
  const answers = await check('probabilities', () => {
    const alone = predictionsOf(raw.alone, manifest)[0]!;
    const again = predictionsOf(raw.again, manifest)[0]!;
    const paired = predictionsOf(raw.paired, manifest)[0]!;
    return [
      { alone, again, paired },
      { detail: scoresInWords(alone), expected: '[0, 1]' },
    ];
  });
  await check('repeatable', () => {
    const moved = requireSame(answers.alone, answers.again, ['NOT_REPEATABLE', REPEAT_TOLERANCE]);
    return [moved, { detail: `largest difference ${moved}` }];
  });
  await check('batch_independent', () => {
    const moved = requireSame(answers.alone, answers.paired, ['BATCH_DEPENDENT', BATCH_TOLERANCE]);
    return [moved, { detail: `largest difference ${moved}` }];
  });
}

process.once('message', (order: CheckOrder) => {
  const checks = async () => {
    const bytes = await readFile(order.modelFile);
    try {
      await checkStructure(bytes, order);
      await checkAnswers(bytes, order);
    } catch {
      // Already posted as the check that failed; those after it have nothing to stand on.
    }
    await post({ kind: 'finished' });
    process.disconnect();
  };
  void checks();
});
