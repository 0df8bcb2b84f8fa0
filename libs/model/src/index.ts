// The one door of the library. Nothing reachable from here may import onnxruntime-node: it runs the
// graph inside the event loop, so only the session thread and the check process load it.
export { ModelPackageError, type ModelPackageErrorCode } from './model-package-error.js';
export {
  manifestJsonSchema,
  modelManifestSchema,
  parseContract,
  parseManifest,
  tasks,
  type ModelContract,
  type ModelManifest,
  type Task,
} from './manifest.js';
export { readModelPackage, type ModelPackage } from './model-package.js';
export {
  checkModelPackage,
  type ModelCheck,
  type ModelCheckName,
  type CheckOptions,
} from './check-model-package.js';
export { ImageFileError, type ImageFileErrorCode, type ImageFormat } from './image-file.js';
export { inspectImage, type InspectedImage } from './inspect-image.js';
export { displayImage, preparationOf, prepareImage, thumbnail } from './prepare-image.js';
export { DecoderLostError, openIsolatedDecoder, type IsolatedDecoder } from './isolated-decoder.js';
export {
  maskAgreement,
  maskFacts,
  maskRunsOf,
  type MaskAgreement,
  type MaskBox,
  type MaskFacts,
  type MaskRuns,
} from './mask-runs.js';
export { packMaskRuns, unpackMaskRuns } from './packed-mask.js';
export { decodeMask, encodeMask } from './mask-png.js';
export { encodePredictedMask } from './predicted-mask-png.js';
export { readMask } from './read-mask.js';
export { maskRunsAtSize, type SizePx } from './mask-runs-at-size.js';
export { ModelHungError } from './model-hung-error.js';
export { DeviceOutOfMemoryError, DeviceUnavailableError } from './device-errors.js';
export {
  SessionLostError,
  openSession,
  type ModelSession,
  type Prediction,
  type SessionOptions,
} from './session.js';
export { decodeBehindOthers } from './compute-priority.js';
export { runtimeVersion } from './runtime-version.js';
export { probeDevices, type DeviceProbe } from './probe-devices.js';
export type { DeviceName, DeviceRequest } from './session-messages.js';
export {
  checkRemoteEngine,
  type CheckedEngine,
  type RemoteCheck,
  type RemoteCheckName,
} from './remote/check-remote-engine.js';
export type { RemoteAccess } from './remote/remote-address.js';
export {
  parseEndpoint,
  TOKEN_VARIABLE,
  type RemoteEndpoint,
  type RemoteEndpointInput,
} from './remote/remote-endpoint.js';
export {
  mayPass,
  RemoteEngineError,
  type CircuitName,
  type RemoteEngineErrorCode,
} from './remote/remote-engine-error.js';
export {
  openRemoteSession,
  type RegisteredEngine,
  type RemoteSession,
  type RemoteSessionOptions,
} from './remote/remote-session.js';
export type { Patience } from './remote/resilience.js';
