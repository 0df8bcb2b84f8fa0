'use client';

import { questionAddress, type AskedQuestion } from '@/comparison/write-address';
import { Icon } from '@/ui/icon';
import { Pill } from '@/ui/pill';
import type { ComparePart } from './compare-question';
import { singleTaskClaim, type CompareStudy } from './study-names';

/** The paper's claim, and the study's own plan, as one click each. */
export function ReadyMade({ study, names, coverage, snapshot, versions, go }: ComparePart) {
  const claim = singleTaskClaim(coverage, names.versions);
  const asks = (question: AskedQuestion) => {
    go(questionAddress(question, names));
  };
  const isClaim = claim?.every(({ id }, index) => versions[index]?.id === id) === true;
  const { analysisPlan } = study;
  const planned = analysisPlan && plannedVersions(analysisPlan.rules);
  return (
    <>
      {claim && !isClaim && (
        <Pill
          title="Yang et al. 2017: one network for masks and scores against one network for each"
          onClick={() => {
            asks({ snapshotId: snapshot.id, modelVersionIds: claim.map(({ id }) => id) });
          }}
        >
          <Icon name="star" size={14} /> Multi-task against single-task
        </Pill>
      )}
      {analysisPlan && planned && (
        <Pill
          onClick={() => {
            const { rules } = analysisPlan;
            asks({
              ...rules,
              snapshotId: rules.snapshotId ?? snapshot.id,
              modelVersionIds: planned,
              // A second task would be a second claim, of which the plan says nothing.
              tasks: rules.endpoint === 'AUC' && rules.primaryTask ? [rules.primaryTask] : null,
            });
          }}
        >
          <Icon name="lock" size={14} /> As plan {analysisPlan.version} says
        </Pill>
      )}
    </>
  );
}

function plannedVersions({
  baselineVersionId,
  candidateVersionIds,
}: NonNullable<CompareStudy['analysisPlan']>['rules']): string[] | undefined {
  const ids = [...(baselineVersionId ? [baselineVersionId] : []), ...(candidateVersionIds ?? [])];
  return ids.length > 1 ? ids : undefined;
}
