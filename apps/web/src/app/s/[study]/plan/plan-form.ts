import type {
  AnalysisPlanRulesInput,
  Clustering,
  Endpoint,
  PValueCorrection,
  Task,
} from '@/gql/graphql';
import { thresholdOf } from '@/plans/threshold-fields';
import { textOf } from '@/ui/form-text';

/** The rules of the form, in the words of the API; an empty field fixes nothing. */
export function rulesOf(form: FormData): AnalysisPlanRulesInput {
  const text = (name: string) => textOf(form, `rules.${name}`);
  const candidates = form
    .getAll('rules.candidateVersionIds')
    .filter((id) => typeof id === 'string' && id !== text('baselineVersionId'));
  const endpoint = text('endpoint');
  const [kind, task] = endpoint.split(' ');
  const [scope, id] = text('images').split(' ');
  return {
    endpoint: kind as Endpoint,
    primaryTask: task === undefined ? null : (task as Task),
    snapshotId: scope === 'snapshot' && id !== undefined ? id : null,
    cohortId: scope === 'cohort' && id !== undefined ? id : null,
    baselineVersionId: text('baselineVersionId') || null,
    candidateVersionIds: candidates.length > 0 ? (candidates as string[]) : null,
    threshold: thresholdOf(form),
    margin: text('margin') === '' ? null : Number(text('margin')),
    alpha: Number(text('alpha')),
    correction: text('correction') as PValueCorrection,
    clustering: text('clustering') as Clustering,
    minimumCell: Number(text('minimumCell')),
  };
}
