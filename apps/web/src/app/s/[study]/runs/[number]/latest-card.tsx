import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Link from 'next/link';
import type { RunDetailFragment, Task } from '@/gql/graphql';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { formatValue } from '@/ui/format';
import { Time } from '@/ui/time';
import { VisuallyHidden } from '@/ui/visually-hidden';
import { taskShortWords } from '@/ui/words';
import styles from './run-view.module.css';

type Prediction = RunDetailFragment['latest'][number];
const tasks: Task[] = ['MELANOMA', 'SEBORRHEIC_KERATOSIS'];

export function LatestCard({ run, slug }: { run: RunDetailFragment; slug: string }) {
  if (run.latest.length === 0)
    return (
      <Card title="Latest results">
        <EmptyState icon="image" title="No image scored by this run yet">
          They appear here as they are written.
        </EmptyState>
      </Card>
    );
  return (
    <Card flush title="Latest results">
      <Table aria-label="Latest results">
        <TableHead>
          <TableRow>
            <TableCell>
              <VisuallyHidden>Photograph</VisuallyHidden>
            </TableCell>
            <TableCell>Image</TableCell>
            {tasks.map((task) => (
              <TableCell key={task} align="right">
                {taskShortWords[task]}
              </TableCell>
            ))}
            <TableCell align="right">Jaccard</TableCell>
            <TableCell align="right">Scored</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {run.latest.map((prediction) => (
            <PredictionRow key={prediction.id} slug={slug} run={run} prediction={prediction} />
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

interface PredictionRowProps {
  slug: string;
  run: RunDetailFragment;
  prediction: Prediction;
}

function PredictionRow({ slug, run, prediction }: PredictionRowProps) {
  const { image, scores, agreement, createdAt } = prediction;
  const { model, version } = run.modelVersion;
  return (
    <TableRow>
      <TableCell>
        <img src={image.thumbnailUrl} alt="" width={42} height={28} className={styles.thumb} />
      </TableCell>
      <TableCell>
        <Link
          className={styles.mono}
          href={`/s/${slug}/images/${image.code}?v=${model.name}@${version}`}
        >
          {image.code}
        </Link>
      </TableCell>
      {tasks.map((task) => (
        <TableCell key={task} align="right">
          {scoreWords(scores, task)}
        </TableCell>
      ))}
      <TableCell align="right">{jaccardWords(agreement)}</TableCell>
      <TableCell align="right" sx={{ whiteSpace: 'nowrap', color: 'var(--text-2)' }}>
        <Time at={createdAt} />
      </TableCell>
    </TableRow>
  );
}

function scoreWords(scores: Prediction['scores'], task: Task) {
  const score = scores.find((one) => one.task === task);
  return score ? formatValue(score.probability) : 'no score';
}

function jaccardWords(agreement: Prediction['agreement']) {
  if (!agreement) return 'no mask pair';
  return typeof agreement.jaccard === 'number' ? formatValue(agreement.jaccard) : 'both empty';
}
