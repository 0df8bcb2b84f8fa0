/** Every way a model package can be refused. Closed, so that a caller can map each to words of its own. */
export type ModelPackageErrorCode =
  | 'MANIFEST_MISSING'
  | 'MANIFEST_INVALID'
  | 'FILE_MISSING'
  | 'HASH_MISMATCH'
  | 'NOT_ONNX'
  | 'OPSET_UNSUPPORTED'
  | 'CUSTOM_OPERATOR'
  | 'EXTERNAL_DATA'
  | 'SIGNATURE_MISMATCH'
  | 'OUTPUT_NOT_FINITE'
  | 'OUTPUT_OUT_OF_RANGE'
  | 'NOT_REPEATABLE'
  | 'BATCH_DEPENDENT'
  | 'RUNTIME_REFUSED'
  | 'TIMED_OUT'
  | 'CRASHED';

/** A model package that cannot be used, and where in it the fault lies. */
export class ModelPackageError extends Error {
  override readonly name = 'ModelPackageError';
  readonly code: ModelPackageErrorCode;
  /** The field, file, operator or tensor at fault: `outputs.scores[1].task`, `model.onnx`. */
  readonly where: string;

  constructor(code: ModelPackageErrorCode, where: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.where = where;
  }
}
