import type { PlanningPilotQuery } from '@/gql/graphql';
import { Banner } from '@/ui/banner';
import { Card } from '@/ui/card';
import { undefinedWords } from '@/ui/estimate';
import { Facts } from '@/ui/facts';
import { countOf, formatCount, formatDifference, formatValue } from '@/ui/format';

type Pilot = PlanningPilotQuery['planningPilot'];

/** What the pilot was, and what it says; nothing here is an estimate for the next study. */
export function PilotCard({ pilot }: { pilot: Pilot }) {
  const { positives, negatives, patients, withoutReference } = pilot;
  const value = (of: number | null | undefined, format = formatValue) =>
    typeof of === 'number' ? format(of) : undefinedWords(pilot);
  return (
    <Card
      title="The pilot"
      aside={`n⁺ ${formatCount(positives)} · n⁻ ${formatCount(negatives)} · ${countOf(patients, 'patient')}`}
      footer="Numbers to plan with, without interval: a pilot is too small to say more."
    >
      {pilot.undefinedReason && (
        <Banner tone="warn">This pilot cannot give everything: {undefinedWords(pilot)}.</Banner>
      )}
      <Facts
        rows={[
          ['AUC, new version', value(pilot.auc)],
          ['AUC, baseline', value(pilot.baselineAuc)],
          ['Difference seen', value(pilot.difference, formatDifference)],
          ['v10', value(pilot.v10, formatSmall)],
          ['v01', value(pilot.v01, formatSmall)],
          ['Design effect', value(pilot.designEffect, formatValue)],
          [
            'Images per patient',
            `mean ${formatValue(pilot.imagesPerPatient)}, coefficient of variation ${formatValue(pilot.imagesPerPatientCv)}`,
          ],
          ...(withoutReference > 0
            ? [['Left out', `${countOf(withoutReference, 'image')} without a reference`] as const]
            : []),
        ]}
      />
    </Card>
  );
}

/** Variances of placements are often below 0.001. */
export const formatSmall = (value: number) => value.toPrecision(4);
