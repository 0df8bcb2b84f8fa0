import type { StudySizeFragment } from '@/gql/graphql';
import { countOf, formatDifference, formatProportion, formatValue } from '@/ui/format';
import type { Question } from './planning-address';

/** The answer in words: how many images show what, with which power. */
export function planSentence(question: Question, plan: StudySizeFragment): string {
  const { positives, negatives, images, power } = plan;
  const size = `${countOf(images, 'image')} (${countOf(positives, 'positive')} and ${countOf(negatives, 'negative')})`;
  const aim = aimOf(question);
  return typeof question.input.positives === 'number'
    ? `With ${size}, ${aim} is shown with power ${formatProportion(power)}.`
    : `${size} show ${aim} with power ${formatProportion(power)}.`;
}

function aimOf(question: Question): string {
  if (question.kind === 'single') return `an AUC of ${formatValue(question.input.auc)} above 0.5`;
  const { difference, margin } = question.input;
  return typeof margin === 'number'
    ? `that a version whose AUC differs by ${formatDifference(difference)} is not worse by ${formatValue(margin)} or more`
    : `a difference of ${formatDifference(difference)} in AUC`;
}
