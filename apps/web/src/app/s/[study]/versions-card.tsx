import type { ReactNode } from 'react';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { IntervalAxis, IntervalPlot } from '@/plots/interval-plot';
import { intervalDomain } from '@/plots/interval-domain';
import type { OverviewQuery } from '@/gql/graphql';
import { AliasChips, type GivenAlias } from '@/ui/alias-chip';
import { inAliasOrder } from '@/ui/alias-order';
import { Card } from '@/ui/card';
import { Estimate } from '@/ui/estimate';
import { countOf } from '@/ui/format';
import { LinkButton } from '@/ui/link-button';
import { Link } from '@/ui/link';
import { Time } from '@/ui/time';
import { VersionMarker } from '@/ui/version-marker';
import { diagnosisCountWords, taskShortWords } from '@/ui/words';

type Evaluation = NonNullable<OverviewQuery['study']>['evaluations']['edges'][number]['node'];
type Version = Evaluation['versions'][number];
const tasks = ['MELANOMA', 'SEBORRHEIC_KERATOSIS'] as const;

interface VersionsCardProps {
  slug: string;
  evaluation: Evaluation;
  /** What the study calls its versions; champion and candidate stand first. */
  aliases: readonly GivenAlias[];
}

/** The newest evaluation as a table: where each version stands, not yet whether they differ. */
export function VersionsCard({ slug, evaluation, aliases }: VersionsCardProps) {
  const { snapshot, versions } = evaluation;
  const domain = intervalDomain(versions.flatMap(({ tasks }) => tasks.map(({ auc }) => auc)));
  return (
    <Card
      flush
      title={`Model versions on ${snapshot.cohort.name}`}
      aside={[
        countOf(snapshot.imageCount, 'image'),
        countOf(snapshot.patientCount, 'patient'),
        ...snapshot.diagnosisCounts.map(diagnosisCountWords),
      ].join(' · ')}
      actions={
        <LinkButton size="small" href={`/s/${slug}/evaluations/${evaluation.id}`}>
          Open comparison
        </LinkButton>
      }
      footer={`Brackets: 95 % interval, ${methodOf(versions)}. Metric set ${evaluation.metricSet} ${evaluation.metricsVersion}. Whether versions differ is tested in Compare; overlapping intervals do not answer it.`}
    >
      <Table aria-label={`Model versions on ${snapshot.cohort.name}`}>
        <TableHead>
          <TableRow>
            <TableCell>Version</TableCell>
            {tasks.map((task) => (
              <TaskHead key={task} title={`${taskShortWords[task]} AUC`}>
                <IntervalAxis domain={domain} />
              </TaskHead>
            ))}
            <TableCell>Mean Jaccard</TableCell>
            <TableCell align="right">Evaluated</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {inAliasOrder(versions, aliases, ({ modelVersion }) => modelVersion.id).map((version) => (
            <VersionRow
              key={version.modelVersion.id}
              slug={slug}
              version={version}
              aliases={aliases}
              domain={domain}
              at={evaluation.createdAt}
            />
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

function TaskHead({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <TableCell>{title}</TableCell>
      <TableCell aria-hidden>{children}</TableCell>
    </>
  );
}

interface VersionRowProps {
  slug: string;
  version: Version;
  aliases: readonly GivenAlias[];
  domain: readonly [number, number];
  at: string;
}

function VersionRow({ slug, version, aliases, domain, at }: VersionRowProps) {
  const { slot, modelVersion, segmentation } = version;
  return (
    <TableRow>
      <TableCell sx={{ whiteSpace: 'nowrap' }}>
        <VersionMarker slot={slot} />{' '}
        <Link href={`/s/${slug}/models/${modelVersion.model.name}/${modelVersion.version}`}>
          <b>{modelVersion.title}</b>
        </Link>{' '}
        <AliasChips aliases={aliases} of={modelVersion.id} />
      </TableCell>
      {tasks.map((task) => (
        <TaskCells key={task} version={version} task={task} domain={domain} />
      ))}
      <TableCell>
        {segmentation ? <Estimate of={segmentation.meanJaccard} /> : <Quiet>gives no mask</Quiet>}
      </TableCell>
      <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
        <Time at={at} />
      </TableCell>
    </TableRow>
  );
}

interface TaskCellsProps {
  version: Version;
  task: (typeof tasks)[number];
  domain: readonly [number, number];
}

function TaskCells({ version, task, domain }: TaskCellsProps) {
  const found = version.tasks.find((one) => one.task === task);
  return (
    <>
      <TableCell>{found ? <Estimate of={found.auc} /> : <Quiet>gives no score</Quiet>}</TableCell>
      <TableCell aria-hidden>
        {found && <IntervalPlot of={found.auc} domain={domain} slot={version.slot} />}
      </TableCell>
    </>
  );
}

const Quiet = ({ children }: { children: ReactNode }) => (
  <span style={{ color: 'var(--text-2)' }}>{children}</span>
);

function methodOf(versions: readonly Version[]) {
  const methods = new Set(versions.flatMap(({ tasks }) => tasks.map(({ auc }) => auc.method)));
  return [...methods].join(' and ') || 'as the dashboard says';
}
