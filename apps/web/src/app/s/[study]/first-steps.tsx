import type { ReactNode } from 'react';
import type { OverviewQuery } from '@/gql/graphql';
import { Card } from '@/ui/card';
import { countOf } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { LinkButton } from '@/ui/link-button';
import styles from './first-steps.module.css';

interface FirstStepsProps {
  slug: string;
  study: NonNullable<OverviewQuery['study']>;
}

/** Until there is an evaluation, the overview says how to come to one. */
export function FirstSteps({ slug, study: { summary, permissions } }: FirstStepsProps) {
  const base = `/s/${slug}`;
  const hasImages = summary.images > 0;
  const hasRun = summary.runs > 0;
  return (
    <Card title="From images to a dashboard" aside="three steps">
      <ol className={styles.steps}>
        <Step
          number={1}
          done={hasImages}
          title="Bring in images"
          words="With diagnoses and masks where there are any. Everything is checked before anything is written."
          outcome={countOf(summary.images, 'image')}
          action={
            permissions.importImages && (
              <LinkButton variant="contained" color="primary" href={`${base}/import`}>
                Import images
              </LinkButton>
            )
          }
        />
        <Step
          number={2}
          done={hasRun}
          open={hasImages}
          title="Run inference"
          words="Save images as a cohort, take a snapshot of it, and let a model version score it: a mask and two scores for each image."
          outcome={countOf(summary.runs, 'run')}
          action={
            permissions.runInference && (
              <LinkButton variant="contained" color="primary" href={`${base}/cohorts`}>
                Run inference
              </LinkButton>
            )
          }
        />
        <Step
          number={3}
          done={false}
          open={hasRun}
          title="Evaluate"
          words="ROC curves, AUC and Jaccard with their intervals, and the images with the largest errors."
          outcome=""
          action={
            permissions.evaluate && (
              <LinkButton variant="contained" color="primary" href={`${base}/evaluations`}>
                New evaluation
              </LinkButton>
            )
          }
        />
      </ol>
    </Card>
  );
}

interface StepProps {
  number: number;
  done: boolean;
  /** Whether the steps before it are done. */
  open?: boolean;
  title: string;
  words: string;
  outcome: string;
  /** False for a role that may not do it. */
  action: ReactNode;
}

function Step({ number, done, open = true, title, words, outcome, action }: StepProps) {
  return (
    <li className={done ? styles.done : open ? styles.open : styles.later}>
      <span className={styles.number}>{done ? <Icon name="check" label="Done" /> : number}</span>
      <div className={styles.words}>
        <h3>{title}</h3>
        <p>{words}</p>
      </div>
      {done ? <span className={styles.outcome}>{outcome}</span> : open && <Action>{action}</Action>}
    </li>
  );
}

const Action = ({ children }: { children: ReactNode }) =>
  children || <span className={styles.outcome}>a colleague with the right can do this</span>;
