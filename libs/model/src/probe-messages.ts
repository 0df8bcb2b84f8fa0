import type { DeviceName } from './session-messages.js';

/** What a probe process is asked. */
export interface ProbeOrder {
  device: DeviceName;
}

export type FromProbeProcess =
  { kind: 'held'; openMs: number; runMs: number } | { kind: 'refused'; reason: string };
