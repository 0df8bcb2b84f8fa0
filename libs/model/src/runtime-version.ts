import { createRequire } from 'node:module';

/** The version of onnxruntime-node that computes the networks, read without loading it. */
export const runtimeVersion = (): string => {
  const { version } = createRequire(import.meta.url)('onnxruntime-node/package.json') as {
    version: string;
  };
  return version;
};
