import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { DeviceFailure, DeviceName, DeviceRequest } from './session-messages.js';

/** What an operator types to get the device, where something can be typed. */
export const howToGet: Record<DeviceName, string> = {
  cuda:
    'install an NVIDIA driver, CUDA 12 and cuDNN 9, then run ' +
    'node node_modules/onnxruntime-node/script/install --onnxruntime-node-install=cuda12',
  webgpu:
    'install a graphics driver; on Linux also Vulkan (apt-get install libvulkan1 mesa-vulkan-drivers)',
  cpu: 'reinstall onnxruntime-node (npm ci)',
};

/**
 * The devices to try, in order, and those that `auto` passes over with the reason. A device asked for by
 * name is always tried, so that its own failure is what the operator reads.
 */
export function devicesToTry(request: DeviceRequest): {
  devices: DeviceName[];
  skipped: DeviceFailure[];
} {
  if (request !== 'auto') return { devices: [request], skipped: [] };
  const skipped: DeviceFailure[] = [];
  if (!hasCudaLibrary()) {
    skipped.push({ device: 'cuda', reason: 'the CUDA part of onnxruntime is not installed' });
  }
  if (!hasGraphicsDevice()) {
    // A software adapter may be found and taken for a GPU; it needs seconds for what the CPU does in 10 ms.
    skipped.push({ device: 'webgpu', reason: 'no graphics device, only a software adapter' });
  }
  const isSkipped = (device: DeviceName) => skipped.some((failure) => failure.device === device);
  const order: DeviceName[] = ['cuda', 'webgpu', 'cpu'];
  return { devices: order.filter((device) => !isSkipped(device)), skipped };
}

/** Asked of the file system: trying without it makes onnxruntime complain on stderr at each start. */
function hasCudaLibrary(): boolean {
  const main = createRequire(import.meta.url).resolve('onnxruntime-node');
  const folder = join(dirname(main), '..', 'bin', 'napi-v6', process.platform, process.arch);
  const name =
    process.platform === 'win32'
      ? 'onnxruntime_providers_cuda.dll'
      : 'libonnxruntime_providers_cuda.so';
  return existsSync(join(folder, name));
}

/** Linux shows its GPUs as render nodes (`/dev/dxg` under WSL); elsewhere the system always has one. */
function hasGraphicsDevice(): boolean {
  if (process.platform !== 'linux') return true;
  if (existsSync('/dev/dxg') || existsSync('/dev/nvidia0')) return true;
  return (
    existsSync('/dev/dri') && readdirSync('/dev/dri').some((node) => node.startsWith('renderD'))
  );
}
