import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { VersionHistoryQuery } from '@/gql/graphql';
import { intervalDomain } from '@/plots/interval-domain';
import { IntervalAxis, IntervalPlot } from '@/plots/interval-plot';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { Estimate } from '@/ui/estimate';
import { countOf, formatCount } from '@/ui/format';
import { Link } from '@/ui/link';
import { LinkButton } from '@/ui/link-button';
import { Time } from '@/ui/time';
import { taskShortWords } from '@/ui/words';
import type { Version } from './load-models';
import styles from './registry.module.css';

type Evaluations = NonNullable<VersionHistoryQuery['study']>['evaluations'];
type Evaluation = Evaluations['edges'][number]['node'];

const shownTasks = ['MELANOMA', 'SEBORRHEIC_KERATOSIS'] as const;

interface MetricsCardProps {
  slug: string;
  version: Version;
  evaluations: Evaluations;
}

/** The numbers of one version over time, newest first, each with its interval on one axis. */
export function MetricsCard({ slug, version, evaluations }: MetricsCardProps) {
  const rows = evaluations.edges.map(({ node }) => ({ node, own: ownOf(node, version.id) }));
  const tasks = tasksOf(version);
  const domain = intervalDomain(rows.flatMap(({ own }) => own?.tasks.map(({ auc }) => auc) ?? []));
  return (
    <Card
      flush
      title="Metrics over time"
      aside={countOf(evaluations.totalCount, 'evaluation')}
      footer={
        rows.length > 0
          ? 'Each on the images of its own snapshot: differences between rows are not differences of the version.'
          : undefined
      }
    >
      {rows.length === 0 ? (
        <EmptyState
          icon="chart"
          title="Not evaluated yet"
          actions={<LinkButton href={`/s/${slug}/compare`}>Compare versions</LinkButton>}
        >
          No evaluation of this study has {version.title} in it.
        </EmptyState>
      ) : (
          <Table aria-label={`Metrics of ${version.title} over time`}>
            <TableHead>
              <TableRow>
                <TableCell>Evaluated</TableCell>
                {tasks.map((task) => (
                  <TaskHead key={task} title={`${taskShortWords[task]} AUC`} domain={domain} />
                ))}
                {version.hasMask && <TableCell>Mean Jaccard</TableCell>}
              </TableRow>
            </TableHead>
            <TableBody>
              {rows.map(({ node }) => (
                <EvaluationRow
                  key={node.id}
                  slug={slug}
                  version={version}
                  evaluation={node}
                  domain={domain}
                />
              ))}
            </TableBody>
          </Table>
      )}
    </Card>
  );
}

interface EvaluationRowProps {
  slug: string;
  version: Version;
  evaluation: Evaluation;
  domain: readonly [number, number];
}

function EvaluationRow({ slug, version, evaluation, domain }: EvaluationRowProps) {
  const { id, snapshot, createdAt, purpose } = evaluation;
  const own = ownOf(evaluation, version.id);
  return (
    <TableRow>
      <TableCell>
        <Link href={`/s/${slug}/evaluations/${id}`}>
          <b>{snapshot.cohort.name}</b> {snapshot.code}
        </Link>
        <div className={styles.quiet}>
          <Time at={createdAt} />
          {purpose === 'CONFIRMATORY' ? ' · confirmatory' : ' · exploratory'}
        </div>
      </TableCell>
      {tasksOf(version).map((task) => (
        <TaskCells key={task} task={own?.tasks.find((one) => one.task === task)} domain={domain} />
      ))}
      {version.hasMask && <MaskCell own={own} />}
    </TableRow>
  );
}

const tasksOf = (version: Version) => shownTasks.filter((task) => version.tasks.includes(task));

const ownOf = ({ versions }: Evaluation, id: string) =>
  versions.find(({ modelVersion }) => modelVersion.id === id);
type Own = NonNullable<ReturnType<typeof ownOf>>;

function TaskHead({ title, domain }: { title: string; domain: readonly [number, number] }) {
  return (
    <>
      <TableCell>{title}</TableCell>
      <TableCell aria-hidden>
        <IntervalAxis domain={domain} />
      </TableCell>
    </>
  );
}

interface TaskCellsProps {
  task: Own['tasks'][number] | undefined;
  domain: readonly [number, number];
}

function TaskCells({ task, domain }: TaskCellsProps) {
  if (!task)
    return (
      <TableCell colSpan={2} className={styles.quiet}>
        not evaluated
      </TableCell>
    );
  return (
    <>
      <TableCell>
        <Estimate of={task.auc} />
        <div className={styles.quiet}>
          n⁺ {formatCount(task.positives)} · n⁻ {formatCount(task.negatives)}
        </div>
      </TableCell>
      <TableCell aria-hidden>
        <IntervalPlot of={task.auc} domain={domain} slot={1} />
      </TableCell>
    </>
  );
}

function MaskCell({ own }: { own: Own | undefined }) {
  const segmentation = own?.segmentation;
  return (
    <TableCell>
      {segmentation ? (
        <>
          <Estimate of={segmentation.meanJaccard} />
          <div className={styles.quiet}>{countOf(segmentation.images, 'image')}</div>
        </>
      ) : (
        <span className={styles.quiet}>not evaluated</span>
      )}
    </TableCell>
  );
}
