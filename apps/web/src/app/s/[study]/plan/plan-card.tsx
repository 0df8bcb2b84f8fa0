import type { AnalysisPlanFactsFragment } from '@/gql/graphql';
import { ruleRows, type PlanNames } from '@/plans/rule-words';
import { Card } from '@/ui/card';
import { Facts } from '@/ui/facts';
import { shortHash } from '@/ui/format';
import { Markdown } from '@/ui/markdown';
import { StateChip } from '@/ui/state-chip';
import { Time } from '@/ui/time';
import { LockPlan } from './lock-plan';

interface PlanCardProps {
  plan: AnalysisPlanFactsFragment;
  names: PlanNames;
  /** It is the last one that was locked. */
  counts: boolean;
  mayLock: boolean;
}

export function PlanCard({ plan, names, counts, mayLock }: PlanCardProps) {
  const { id, version, text, sha256, createdAt, createdBy, lockedAt, lockedBy, rules } = plan;
  return (
    <Card
      title={`Plan ${version}`}
      aside={
        lockedAt ? (
          <StateChip tone={counts ? 'ok' : 'off'} icon="lock">
            {counts ? 'locked, counts' : 'locked, replaced'}
          </StateChip>
        ) : (
          <StateChip tone="warn" icon="clock">
            draft, counts for nothing yet
          </StateChip>
        )
      }
      actions={mayLock ? <LockPlan id={id} version={version} sha256={sha256} /> : undefined}
      footer={
        <>
          <span>
            Written <Time at={createdAt} />
            {createdBy && ` by ${createdBy.name}`}
          </span>
          {lockedAt && (
            <span>
              Locked <Time at={lockedAt} />
              {lockedBy && ` by ${lockedBy.name}`}
            </span>
          )}
          <span title={sha256}>
            sha256 <code>{shortHash(sha256)}</code>
          </span>
        </>
      }
    >
      <Facts rows={ruleRows(rules, names)} />
      {text !== '' && <Markdown text={text} />}
    </Card>
  );
}
