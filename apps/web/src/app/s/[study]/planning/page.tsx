import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { query, queryOrRefusal, type Refused } from '@/apollo/server';
import { searchParamsOf, type PageSearchParams } from '@/images/search-params';
import type {
  PlanningNamesQuery as Names,
  PlanningPilotQuery,
  StudySizeFragment,
  Task,
} from '@/gql/graphql';
import { Banner } from '@/ui/banner';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { LinkButton } from '@/ui/link-button';
import { PageHeader } from '@/ui/page-header';
import { sentence, taskWords } from '@/ui/words';
import { PilotCard } from './pilot-card';
import { PlanForm } from './plan-form';
import { PlanResult } from './plan-result';
import {
  type NumberName,
  planningAddress,
  type PlanningAddress,
  type Question,
  questionOf,
  readPlanningAddress,
  type Test,
  tests,
} from './planning-address';
import styles from './planning.module.css';
import {
  PlanningNamesQuery,
  PlanningPilotQuery as PilotQuery,
  PlanPairedQuery,
  PlanSingleQuery,
} from './planning.query';

export const metadata: Metadata = { title: 'Sample size' };

interface PlanningPageProps {
  params: Promise<{ study: string }>;
  searchParams: Promise<PageSearchParams>;
}

/** How many images the next study needs: the address is the whole plan, and the API computes it. */
export default async function PlanningPage(props: PlanningPageProps) {
  const { study: slug } = await props.params;
  const address = readPlanningAddress(searchParamsOf(await props.searchParams));
  const { data } = await query({ query: PlanningNamesQuery, variables: { slug } });
  if (!data.study) notFound();
  const pilot = await askPilot(address);
  if (address.takesPilot && pilot.data)
    redirect(
      `/s/${slug}/planning?${planningAddress(withPilot(address, pilot.data.planningPilot))}`,
    );
  const asked = await askPlan(address);
  return (
    <>
      <PageHeader
        title="Sample size and power"
        sub="How many images the next study needs, or what those at hand can show."
        isSynthetic={data.study.isSynthetic}
      />
      <nav aria-label="What is planned" className={styles.tabs}>
        {tests.map((test) => (
          <LinkButton
            key={test}
            href={`/s/${slug}/planning?test=${test}`}
            {...(test === address.test && {
              variant: 'contained' as const,
              'aria-current': 'page' as const,
            })}
          >
            {testWords[test]}
          </LinkButton>
        ))}
      </nav>
      <div className={styles.two}>
        <PlanForm slug={slug} address={address} names={pilotNames(data)} errors={errorsOf(asked)} />
        <div className={styles.answer}>
          <Answer asked={asked} />
          {pilot.refused && <Banner tone="warn">{pilot.refused.message}</Banner>}
          {pilot.data && <PilotCard pilot={pilot.data.planningPilot} />}
        </div>
      </div>
    </>
  );
}

const testWords: Record<Test, string> = {
  single: 'One AUC',
  paired: 'Difference of two versions',
  'non-inferiority': 'Not worse than another',
};

interface AskedPilot {
  data?: PlanningPilotQuery;
  refused?: Refused;
}

async function askPilot({ test, pilot }: PlanningAddress): Promise<AskedPilot> {
  const { snapshot, version, baseline, task } = pilot;
  if (test === 'single' || !snapshot || !version || !baseline) return {};
  if (task === undefined || !Object.hasOwn(taskWords, task)) return {};
  const input = {
    ...{ snapshotId: snapshot, modelVersionId: version, baselineId: baseline },
    task: task as Task,
  };
  return queryOrRefusal({ query: PilotQuery, variables: { input } });
}

type Pilot = PlanningPilotQuery['planningPilot'];

/** What was typed about the effect stays; what the pilot knows is the pilot's. */
function withPilot(address: PlanningAddress, pilot: Pilot): PlanningAddress {
  const known = { v10: pilot.v10, v01: pilot.v01, ratio: pilot.ratio, deff: pilot.designEffect };
  const typed = { ...address.typed };
  for (const [name, value] of Object.entries(known))
    if (typeof value === 'number') typed[name as keyof typeof known] = value.toPrecision(6);
  return { ...address, typed };
}

interface Asked {
  question?: Question;
  plan?: StudySizeFragment;
  refused?: Refused | undefined;
  unreadable?: NumberName[];
  missing?: NumberName[];
}

async function askPlan(address: PlanningAddress): Promise<Asked> {
  const question = questionOf(address);
  if (!('kind' in question)) return question;
  if (question.kind === 'single') {
    const variables = { input: question.input };
    const { data, refused } = await queryOrRefusal({ query: PlanSingleQuery, variables });
    return data ? { question, plan: data.planSingleAuc } : { refused };
  }
  const variables = { input: question.input };
  const { data, refused } = await queryOrRefusal({ query: PlanPairedQuery, variables });
  return data ? { question, plan: data.planPairedAuc } : { refused };
}

/** The API's names of the fields whose names in the address are shorter. */
const formNames: Record<string, NumberName> = {
  designEffect: 'deff',
  imagesPerPatient: 'perPatient',
  clustering: 'deff',
};

/** What stands at each field that is at fault. */
function errorsOf({ refused, unreadable = [], missing = [] }: Asked) {
  const errors: Partial<Record<NumberName, string>> = {};
  for (const name of missing) errors[name] = 'Needed.';
  for (const name of unreadable) errors[name] = 'A number, with a decimal point.';
  if (refused?.field)
    errors[formNames[refused.field] ?? (refused.field as NumberName)] = refused.message;
  return errors;
}

function Answer({ asked: { question, plan, refused } }: { asked: Asked }) {
  if (question && plan) return <PlanResult question={question} plan={plan} />;
  if (refused) return <Banner tone="err">{refused.message}</Banner>;
  return (
    <Card title="Answer">
      <EmptyState icon="chart" title="Nothing computed yet">
        Fill in the fields that say they are needed. The variances come from a pilot or from a study
        like yours.
      </EmptyState>
    </Card>
  );
}

function pilotNames({ study, models }: Names) {
  return {
    snapshots: (study?.cohorts ?? []).flatMap(({ name, snapshots }) =>
      snapshots.map(({ id, code, imageCount }) => ({
        value: id,
        words: `${name} ${code}, ${imageCount} images`,
      })),
    ),
    versions: models.flatMap(({ versions }) =>
      versions
        .filter(({ tasks }) => tasks.length > 0)
        .map(({ id, title }) => ({ value: id, words: title })),
    ),
    tasks: (Object.keys(taskWords) as Task[]).map((task) => ({
      value: task,
      words: sentence(taskWords[task]),
    })),
  };
}
