/** The reasons of @lesionwise/metrics and of the API for which a number does not exist, as people say them. */
const words: Record<string, string> = {
  'no-positives': 'no image of the condition in this group',
  'no-negatives': 'every image of this group has the condition',
  'one-positive': 'only one image of the condition',
  'one-negative': 'only one image without the condition',
  'too-few-positives': 'too few images of the condition',
  'too-few-negatives': 'too few images without the condition',
  'zero-variance': 'it does not vary',
  'one-cluster-with-positives': 'all images of the condition are of one patient',
  'one-cluster-with-negatives': 'all images without the condition are of one patient',
  'negative-variance': 'too few patients for a variance',
  'no-positive-calls': 'nothing is called',
  'no-negative-calls': 'everything is called',
  'no-cases': 'no image',
  'both-masks-empty': 'both masks are empty',
  'no-lesion-pixels': 'the reference mask is empty',
  'no-background-pixels': 'the reference mask fills the image',
  'empty-mask': 'a mask is empty',
  separation: 'the scores part the classes completely',
  'constant-scores': 'all scores are equal',
  'bca-degenerate': 'the resamples do not vary',
  'too-many-redraws': 'too few resamples have both classes',
  'fewer-than-two-levels': 'fewer than two groups are large enough',
  'chance-agreement-one': 'agreement by chance is complete',
};

/** A code in words; what is a phrase already stays as it is. */
export const reasonWords = (reason: string): string =>
  Object.hasOwn(words, reason) ? (words[reason] ?? reason) : reason;
