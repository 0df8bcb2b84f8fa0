/** Where in its own source the runtime stood, and the check that failed there; both mean nothing to operators. */
const PLACE_IN_SOURCE = /\S*onnxruntime_src\/\S+ (?:.* was false\. |.*?\) (?=Failed to allocate))/;

/** What the runtime says of a failure, on one line. */
export const reasonOf = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause))
    .split('\n')[0]!
    .replace(PLACE_IN_SOURCE, '');
