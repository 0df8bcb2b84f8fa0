import type { ModelManifest } from './manifest.js';

/** A device a session can really run on. */
export type DeviceName = 'cpu' | 'cuda' | 'webgpu';
/** `auto` is the first of cuda, webgpu and cpu that holds. */
export type DeviceRequest = 'auto' | DeviceName;

/** What the session thread is started with. */
export interface SessionOrder {
  modelFile: string;
  manifest: ModelManifest;
  /** In the order they are to be tried. */
  devices: DeviceName[];
  threads: number;
}

/** A device that was tried and does not hold, in words for an operator. */
export interface DeviceFailure {
  device: DeviceName;
  reason: string;
}

export type ToThread =
  | { kind: 'predict'; id: number; count: number; batch: Uint8Array<ArrayBuffer> }
  | { kind: 'close' };

/** One output of the graph, as it came, whole batch in one array. */
export interface RawOutput {
  values: Float32Array<ArrayBuffer>;
  dims: readonly number[];
}

/** One pass of the graph over some of the batch's images, in order. */
export interface Run {
  count: number;
  outputs: Record<string, RawOutput>;
}

export type FromThread =
  | { kind: 'ready'; device: DeviceName; note: string; failures: DeviceFailure[] }
  | { kind: 'refused'; failures: DeviceFailure[] }
  | { kind: 'predicted'; id: number; runs: Run[] }
  | { kind: 'failed'; id: number; reason: string };
