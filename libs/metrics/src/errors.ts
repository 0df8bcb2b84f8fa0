/** Why an input was refused. The first six are the ones a user of the product meets; see `MetricInputError`. */
export type MetricInputCode =
  | 'length-mismatch'
  | 'bad-label'
  | 'non-finite-score'
  | 'bad-threshold'
  | 'bad-probability'
  | 'bad-level'
  | 'bad-cluster'
  | 'bad-count'
  | 'bad-mask'
  | 'bad-option'
  | 'too-many-cases';

/**
 * The caller broke a contract: arrays of different lengths, a label that is not 0 or 1, a score that
 * is not a finite number, a level outside (0, 1). Nothing was computed. The message names the
 * argument and, where there is one, the first offending position.
 *
 * A quantity that does not exist for valid inputs is no error: see `Undef`.
 */
export class MetricInputError extends RangeError {
  override readonly name = 'MetricInputError';

  /**
   * @param code what is wrong, for programs.
   * @param message what is wrong, for people; names the argument.
   * @param index position of the first offending element, where one can be named.
   */
  constructor(
    readonly code: MetricInputCode,
    message: string,
    readonly index?: number,
  ) {
    super(message);
  }
}
