/**
 * Of the drawing: raised whenever the same seed would give another plan or other pixels, so that a
 * folder written by an older drawing is written anew rather than taken for this one's.
 */
export const syntheticVersion = '1.0.0';
