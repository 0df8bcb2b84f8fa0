import type { StudySizeFragment } from '@/gql/graphql';
import { Card } from '@/ui/card';
import { Facts } from '@/ui/facts';
import { countOf, formatCount, formatProportion, formatValue } from '@/ui/format';
import { PowerCurve } from './power-curve';
import { planSentence } from './plan-sentence';
import type { Question } from './planning-address';

interface PlanResultProps {
  question: Question;
  plan: StudySizeFragment;
}

/** The answer as a sentence, its numbers, and the curve it lies on. */
export function PlanResult({ question, plan }: PlanResultProps) {
  const { positives, negatives, images, power, designEffect, method, curve } = plan;
  return (
    <>
      <Card title="Answer" footer={`Method: ${method}.`}>
        <p style={{ margin: '0 0 10px', fontSize: 15, lineHeight: 1.45 }}>
          {planSentence(question, plan)}
        </p>
        <Facts
          rows={[
            ['Positives', formatCount(positives)],
            ['Negatives', formatCount(negatives)],
            ['Images in all', formatCount(images)],
            ['Power', formatProportion(power)],
            [
              'Design effect',
              designEffect === 1 ? '1: one image of each patient' : formatValue(designEffect),
            ],
          ]}
        />
      </Card>
      <PowerCurve
        curve={curve}
        planned={{ positives, power }}
        words={`${countOf(positives, 'positive')} give power ${formatProportion(power)}`}
        method={method}
      />
    </>
  );
}
