import { ComparisonDashboard } from '@/comparison/dashboard';
import { DashboardProvider } from '@/comparison/dashboard-context';
import { Provenance } from '@/comparison/provenance';
import { questionAddress, type AskedQuestion } from '@/comparison/write-address';
import type { ComparisonInput, EvaluationPageQuery } from '@/gql/graphql';
import { Time } from '@/ui/time';
import { CheckEvaluation } from './check-evaluation';
import type { Evaluation } from './evaluation';
import { FrozenActions } from './frozen-actions';

interface FrozenDashboardProps {
  slug: string;
  study: NonNullable<EvaluationPageQuery['study']>;
  evaluation: Evaluation;
  comparison: NonNullable<Evaluation['comparison']>;
}

/** The dashboard of a comparison, as it was frozen. Clicks lead to live comparisons, this one stays. */
export function FrozenDashboard({ slug, study, evaluation, comparison }: FrozenDashboardProps) {
  const { id, plan, createdAt, createdBy, purpose } = evaluation;
  const question = comparison.question as AskedQuestion & ComparisonInput;
  const address = questionAddress(question, {
    cohorts: [],
    snapshots: [comparison.snapshot],
    versions: comparison.versions.map(({ modelVersion }) => modelVersion),
  });
  return (
    <DashboardProvider
      slug={slug}
      comparison={comparison}
      input={question}
      address={address.toString()}
      isSynthetic={study.isSynthetic}
      evaluationId={id}
    >
      <FrozenActions
        studyId={study.id}
        aliases={study.aliases}
        mayPromote={study.permissions.promoteModels}
      />
      <ComparisonDashboard plan={purpose === 'CONFIRMATORY' && plan ? plan : undefined}>
        <CheckEvaluation id={id} />
        <Provenance>
          <span>
            frozen <Time at={createdAt} />
            {createdBy && ` for ${createdBy.name}`}
          </span>
        </Provenance>
      </ComparisonDashboard>
    </DashboardProvider>
  );
}
