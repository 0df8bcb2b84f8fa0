/** Where a Triton lies, and what it needs around it. */
export interface Triton {
  program: string;
  backends: string;
  environment: Record<string, string>;
}

/** A model as Triton is to serve it; sizes without that of the batch. */
export interface TritonModel {
  name: string;
  /** ONNX files by version. */
  versions: Record<string, string>;
  maxBatch: number;
  input: { name: string; dims: number[] };
  /** Sizes by name. */
  outputs: Record<string, number[]>;
}

export interface TritonServer {
  url: string;
  port: number;
  /** As a power cut would, with all that it started; a second time does nothing. */
  kill: () => Promise<void>;
  /** Again, on the same port. */
  start: (models: TritonModel[]) => Promise<void>;
}

/** Installs Triton once; undefined where this machine cannot run it. */
export function ensureTriton(): Triton | undefined;
export function startTriton(triton: Triton, models: TritonModel[]): Promise<TritonServer>;
