import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ensureTriton,
  startTriton,
  type Triton,
  type TritonServer,
} from '../../../../tools/triton.mjs';
import { writeToyPackage } from './toy-model.js';

/** A real Triton that serves the toy model, named `toy`, version 1. */
export interface ToyEngine {
  url: string;
  /** Of the model it serves, without the file, which is its own. */
  manifest: (changes?: Record<string, unknown>) => Record<string, unknown>;
  /** As a power cut would. */
  kill: () => Promise<void>;
  /** Again, at the same address. */
  restart: () => Promise<void>;
  close: () => Promise<void>;
}

/** Triton, or undefined where this machine cannot run it; then it is said, and never passed over in silence. */
export function tritonOrReason(): Triton | undefined {
  const triton = ensureTriton();
  if (triton) return triton;
  const absence =
    'Remote versions were not tested: Triton needs Linux and a shared Python 3.11 or 3.12 with venv.';
  if (process.env['LESIONWISE_REQUIRE_TRITON']) throw new Error(absence);
  console.warn(absence);
  return undefined;
}

export async function startToyEngine(triton: Triton): Promise<ToyEngine> {
  const parent = await mkdtemp(join(tmpdir(), 'lesionwise-engine-'));
  const folder = await writeToyPackage(parent);
  const contract = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Record<
    string,
    unknown
  > & { input: { height: number; width: number } };
  // What a registrar of an engine may well leave out: the file is the engine's.
  delete contract['file'];
  delete contract['sha256'];
  const { height, width } = contract.input;
  const models = [
    {
      name: 'toy',
      versions: { '1': join(folder, 'model.onnx') },
      maxBatch: 8,
      input: { name: 'image', dims: [height, width, 3] },
      outputs: { mask: [height, width], scores: [3] },
    },
  ];
  const server: TritonServer = await startTriton(triton, models);
  return {
    url: server.url,
    manifest: (changes = {}) => ({ ...structuredClone(contract), ...changes }),
    kill: server.kill,
    restart: () => server.start(models),
    close: async () => {
      await server.kill();
      await rm(parent, { recursive: true });
    },
  };
}
