'use client';

import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { useMutation } from '@apollo/client/react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useDashboard } from '@/comparison/dashboard-context';
import { CreateEvaluationMutation } from '@/evaluations/evaluations.query';
import type { EvaluationPurpose } from '@/gql/graphql';
import { Banner } from '@/ui/banner';
import { FormDialog } from '@/ui/form-dialog';
import { countOf } from '@/ui/format';
import { Time } from '@/ui/time';
import styles from './compare.module.css';
import { deviationWords, type Deviation } from './deviation-words';

interface SaveEvaluationProps {
  slug: string;
  /** The locked plan that counts. */
  plan: { version: number; lockedAt?: string | null } | undefined;
  onClose: () => void;
}

/** Freezes what is shown with the hashes of all that went in. Confirmatory only where the plan was followed. */
export function SaveEvaluation({ slug, plan, onClose }: SaveEvaluationProps) {
  const { input, comparison } = useDashboard();
  const router = useRouter();
  const [purpose, setPurpose] = useState<EvaluationPurpose>('EXPLORATORY');
  const [deviations, setDeviations] = useState<string[]>([]);
  const [create] = useMutation(CreateEvaluationMutation);
  const submit = async () => {
    setDeviations([]);
    try {
      const { data } = await create({ variables: { input: { ...input, purpose } } });
      if (data) router.push(`/s/${slug}/evaluations/${data.createEvaluation.id}`);
    } catch (error) {
      setDeviations(deviationsOf(error));
      throw error;
    }
  };
  return (
    <FormDialog
      open
      onClose={onClose}
      title="Save evaluation"
      submitLabel="Save evaluation"
      onSubmit={submit}
    >
      {() => (
        <>
          <p>
            {comparison.versions.map(({ modelVersion }) => modelVersion.title).join(', ')} on{' '}
            {comparison.snapshot.cohort.name} <code>{comparison.snapshot.code}</code>,{' '}
            {countOf(comparison.imageSet.images, 'image')}. It is kept with the hashes of all that
            went in and never changes; anybody can have it computed again and checked.
          </p>
          <fieldset className={styles.purposes}>
            <legend>What may be claimed from it</legend>
            <label>
              <input
                type="radio"
                name="purpose"
                checked={purpose === 'EXPLORATORY'}
                onChange={() => {
                  setPurpose('EXPLORATORY');
                }}
              />
              <span>
                Exploratory
                <small>A hint for the next study. Anything may be asked.</small>
              </span>
            </label>
            <label>
              <input
                type="radio"
                name="purpose"
                checked={purpose === 'CONFIRMATORY'}
                disabled={plan === undefined}
                onChange={() => {
                  setPurpose('CONFIRMATORY');
                }}
              />
              <span>
                Confirmatory
                <small>
                  {plan === undefined ? (
                    'Needs a locked analysis plan, which this study does not have yet.'
                  ) : (
                    <>
                      Exactly as analysis plan {plan.version} says, locked{' '}
                      {plan.lockedAt && <Time at={plan.lockedAt} />}.
                    </>
                  )}
                </small>
              </span>
            </label>
          </fieldset>
          {deviations.length > 0 && (
            <Banner tone="warn" live>
              <b>{countOf(deviations.length, 'deviation')} from the plan:</b>
              <ul>
                {deviations.map((words) => (
                  <li key={words}>{words}</li>
                ))}
              </ul>
            </Banner>
          )}
        </>
      )}
    </FormDialog>
  );
}

/** Each rule that the question does not follow, in words. */
function deviationsOf(error: unknown): string[] {
  if (!CombinedGraphQLErrors.is(error)) return [];
  const found: unknown = error.errors[0]?.extensions?.['deviations'];
  return Array.isArray(found) ? found.filter(isDeviation).map(deviationWords) : [];
}

const isDeviation = (value: unknown): value is Deviation =>
  typeof value === 'object' && value !== null && 'rule' in value;
