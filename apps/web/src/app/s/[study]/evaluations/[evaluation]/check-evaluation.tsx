'use client';

import { useApolloClient } from '@apollo/client/react';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { refusalOf } from '@/apollo/refusal';
import type { CheckEvaluationQuery as Answer } from '@/gql/graphql';
import { Banner } from '@/ui/banner';
import { countOf, formatCount } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { CheckEvaluationQuery } from './evaluation.query';

type Check = NonNullable<Answer['checkEvaluation']>;

/** Computes the frozen numbers once more from the facts and says whether each is the same. */
export function CheckEvaluation({ id }: { id: string }) {
  const client = useApolloClient();
  const [busy, setBusy] = useState(false);
  const [check, setCheck] = useState<Check>();
  const [refusal, setRefusal] = useState<string>();
  const ask = async () => {
    setBusy(true);
    setRefusal(undefined);
    try {
      const { data } = await client.query({ query: CheckEvaluationQuery, variables: { id } });
      setCheck(data?.checkEvaluation ?? undefined);
    } catch (error) {
      setRefusal(refusalOf(error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <div>
        <Button loading={busy} onClick={() => void ask()}>
          <Icon name="refresh" /> Check: compute again and compare
        </Button>
      </div>
      {refusal !== undefined && (
        <Banner tone="err" live>
          {refusal}
        </Banner>
      )}
      {check && <Outcome check={check} />}
    </>
  );
}

function Outcome({ check }: { check: Check }) {
  const { isReproduced, compared, differenceCount, differences, failure } = check;
  const { diagnoses, masks } = check.referenceChanges;
  const later =
    diagnoses + masks > 0
      ? ` Since the snapshot was taken ${countOf(diagnoses, 'diagnosis', 'diagnoses')} and ${countOf(masks, 'mask')} changed; the evaluation stands on the frozen ones.`
      : '';
  if (typeof failure === 'string')
    return (
      <Banner tone="err" live>
        <b>It could not be computed again.</b> {failure}
      </Banner>
    );
  if (isReproduced)
    return (
      <Banner tone="ok" live>
        <b>Reproduced:</b> all {formatCount(compared)} values are equal, to the last digit (metrics{' '}
        {check.frozenMetricsVersion}
        {check.metricsVersion === check.frozenMetricsVersion
          ? ''
          : `, checked by ${check.metricsVersion}`}
        ).{later}
      </Banner>
    );
  return (
    <Banner tone="err" live>
      <b>
        {formatCount(differenceCount)} of {formatCount(compared)} values differ.
      </b>{' '}
      Frozen by metrics {check.frozenMetricsVersion}, checked by {check.metricsVersion}.{later}
      <ul>
        {differences.slice(0, 10).map(({ path, frozen, recomputed }) => (
          <li key={path}>
            <code>{path}</code>: {JSON.stringify(frozen)} frozen, {JSON.stringify(recomputed)} now
          </li>
        ))}
      </ul>
      {differenceCount > 10 && `The first 10 of ${formatCount(differenceCount)}.`}
    </Banner>
  );
}
