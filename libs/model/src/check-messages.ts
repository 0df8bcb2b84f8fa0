import type { ModelManifest } from './manifest.js';
import type { ModelPackageErrorCode } from './model-package-error.js';

/** The checks of a model package, in the order they are made. */
export const checkTitles = {
  manifest: 'The manifest is complete and consistent',
  file_hash: 'The ONNX file is the one the manifest names',
  onnx_valid: 'The file is an ONNX model',
  opset: 'The operator set is supported',
  standard_operators: 'Every operator is a standard one',
  self_contained: 'All weights are inside the file',
  signature: 'Inputs and outputs are those of the manifest',
  runs: 'The graph runs, alone and in a batch',
  probabilities: 'Every output is a finite probability',
  repeatable: 'The same image gives the same answer twice',
  batch_independent: 'An answer does not depend on its neighbours in the batch',
} as const;
export type ModelCheckName = keyof typeof checkTitles;

/** What one check showed. */
export interface CheckFinding {
  name: ModelCheckName;
  passed: boolean;
  detail: string;
  code?: ModelPackageErrorCode;
  where?: string;
  expected?: string;
  found?: string;
}

export interface CheckOrder {
  modelFile: string;
  manifest: ModelManifest;
}

/** From the check process: one message as each check begins and one as it ends. */
export type FromCheckProcess =
  | { kind: 'begun'; name: ModelCheckName }
  | { kind: 'ended'; finding: CheckFinding }
  | { kind: 'finished' };
