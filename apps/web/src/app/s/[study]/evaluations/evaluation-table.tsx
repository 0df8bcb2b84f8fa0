import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { PurposeChip } from '@/evaluations/purpose-chip';
import type { EvaluationsQuery as Answer, Task } from '@/gql/graphql';
import { Estimate } from '@/ui/estimate';
import { countOf } from '@/ui/format';
import { Link } from '@/ui/link';
import { Time } from '@/ui/time';
import { VersionMarker } from '@/ui/version-marker';
import { taskShortWords } from '@/ui/words';
import styles from './evaluation-table.module.css';

type Evaluation = NonNullable<Answer['study']>['evaluations']['edges'][number]['node'];
type Version = Evaluation['versions'][number];
const tasks = ['MELANOMA', 'SEBORRHEIC_KERATOSIS'] as const;

interface EvaluationTableProps {
  slug: string;
  evaluations: readonly Evaluation[];
}

export function EvaluationTable({ slug, evaluations }: EvaluationTableProps) {
  return (
    <Table aria-label="Evaluations">
      <TableHead>
        <TableRow>
          <TableCell>Cohort and snapshot</TableCell>
          <TableCell>Version</TableCell>
          {tasks.map((task) => (
            <TableCell key={task}>{taskShortWords[task]} AUC</TableCell>
          ))}
          <TableCell>Mean Jaccard</TableCell>
          <TableCell align="right">Computed</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {evaluations.flatMap((evaluation, position) =>
          evaluation.versions.map((version, index) => (
            <TableRow
              key={`${evaluation.id} ${version.slot}`}
              className={`${styles.row ?? ''} ${position === evaluations.length - 1 ? (styles.last ?? '') : ''}`}
            >
              {index === 0 && <Subject slug={slug} evaluation={evaluation} />}
              <VersionCells version={version} />
              {index === 0 && (
                <TableCell align="right" rowSpan={evaluation.versions.length}>
                  <Time at={evaluation.createdAt} />
                  {evaluation.createdBy && (
                    <span className={styles.quiet}>{evaluation.createdBy.name}</span>
                  )}
                </TableCell>
              )}
            </TableRow>
          )),
        )}
      </TableBody>
    </Table>
  );
}

function Subject({ slug, evaluation }: { slug: string; evaluation: Evaluation }) {
  const { id, purpose, snapshot, versions } = evaluation;
  return (
    <TableCell rowSpan={versions.length}>
      <Link href={`/s/${slug}/evaluations/${id}`}>
        <b>{snapshot.cohort.name}</b>
      </Link>
      <span className={styles.quiet}>
        <code>{snapshot.code}</code>, {countOf(snapshot.imageCount, 'image')}
      </span>
      <PurposeChip purpose={purpose} />
    </TableCell>
  );
}

function VersionCells({
  version: { slot, modelVersion, tasks: scored, segmentation },
}: {
  version: Version;
}) {
  const aucOf = (task: Task) => scored.find((one) => one.task === task)?.auc;
  return (
    <>
      <TableCell sx={{ whiteSpace: 'nowrap' }}>
        <VersionMarker slot={slot} /> {modelVersion.title}
      </TableCell>
      {tasks.map((task) => {
        const auc = aucOf(task);
        return <TableCell key={task}>{auc ? <Estimate of={auc} /> : 'gives no score'}</TableCell>;
      })}
      <TableCell>
        {segmentation ? <Estimate of={segmentation.meanJaccard} /> : 'gives no mask'}
      </TableCell>
    </>
  );
}
