import type { EvaluationPurpose } from '@/gql/graphql';
import { StateChip } from '@/ui/state-chip';

/** What may be claimed from an evaluation. */
export function PurposeChip({ purpose }: { purpose: EvaluationPurpose }) {
  return purpose === 'CONFIRMATORY' ? (
    <StateChip tone="ok" icon="lock" title="Exactly as the study’s locked analysis plan says">
      confirmatory
    </StateChip>
  ) : (
    <StateChip tone="off" icon="eye" title="Looked at without a plan made beforehand">
      exploratory
    </StateChip>
  );
}
