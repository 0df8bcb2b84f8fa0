import { howToGet } from './devices.js';
import type { DeviceFailure, DeviceName } from './session-messages.js';

/** A device asked for by name that this machine does not have; the message says how to get it. */
export class DeviceUnavailableError extends Error {
  override readonly name = 'DeviceUnavailableError';
  readonly device: DeviceName;
  readonly howToGet: string;

  constructor({ device, reason }: DeviceFailure) {
    super(`the device ${device} is not available: ${reason}. To get it: ${howToGet[device]}`);
    this.device = device;
    this.howToGet = howToGet[device];
  }
}

/** The device has no memory for so many images at once. The session lives: ask again with fewer. */
export class DeviceOutOfMemoryError extends Error {
  override readonly name = 'DeviceOutOfMemoryError';
  readonly device: DeviceName;
  /** Images that were asked for together. */
  readonly imageCount: number;

  constructor(device: DeviceName, imageCount: number, reason: string) {
    const images = imageCount === 1 ? 'this image' : `${imageCount} images at once`;
    super(`the device ${device} has no memory for ${images}: ${reason}`);
    this.device = device;
    this.imageCount = imageCount;
  }
}

// The runtime has one error for everything, so its words must do. In order: the allocators of the CPU and of
// CUDA; the CUDA runtime, cuDNN and cuBLAS; the C++ library; V8, for the outputs. WebGPU's own error is lost
// on the way: what remains is the first use of a buffer that could not be made.
const OUT_OF_MEMORY = [
  /failed to allocate memory for requested buffer/i,
  /\bout of memory\b/i,
  /cudaErrorMemoryAllocation|CU(?:DNN|BLAS)_STATUS_ALLOC_FAILED/,
  /std::bad_alloc|\bbad allocation\b/,
  /array buffer allocation failed/i,
  /\[Invalid Buffer\b.*\] is invalid due to a previous error/,
];

/** Whether the runtime's words for a failed run say that memory was short. */
export const saysOutOfMemory = (reason: string): boolean =>
  OUT_OF_MEMORY.some((words) => words.test(reason));
