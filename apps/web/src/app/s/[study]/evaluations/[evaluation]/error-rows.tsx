import type { ReactNode } from 'react';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type {
  EvaluationImageSortField,
  EvaluationImagesQuery as Answer,
  Task,
} from '@/gql/graphql';
import { formatValue } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { Link } from '@/ui/link';
import { VisuallyHidden } from '@/ui/visually-hidden';
import { diagnosisWords, sentence, taskShortWords } from '@/ui/words';
import styles from './dashboard.module.css';
import type { ErrorSort } from './error-sort';

type Row = NonNullable<Answer['evaluation']>['images']['edges'][number]['node'];

const tasks = [
  ['MELANOMA', 'MELANOMA_ERROR'],
  ['SEBORRHEIC_KERATOSIS', 'SEBORRHEIC_KERATOSIS_ERROR'],
] as const satisfies [Task, EvaluationImageSortField][];

interface ErrorRowsProps {
  slug: string;
  /** As an address writes it. */
  version: string;
  rows: readonly Row[];
  sort: ErrorSort;
  sortHref: (field: EvaluationImageSortField) => string;
}

export function ErrorRows({ slug, version, rows, sort, sortHref }: ErrorRowsProps) {
  const head = (field: EvaluationImageSortField, words: string) => (
    <SortHead words={words} href={sortHref(field)} order={sort.field === field && sort.direction} />
  );
  return (
    <Table aria-label="Images by error">
      <TableHead>
        <TableRow>
          <TableCell>
            <VisuallyHidden>Photograph</VisuallyHidden>
          </TableCell>
          {head('CODE', 'Image')}
          <TableCell>Patient</TableCell>
          <TableCell>Diagnosis</TableCell>
          {tasks.map(([task, field]) => (
            <SortedTask key={task} words={taskShortWords[task]}>
              {head(field, 'error')}
            </SortedTask>
          ))}
          {head('JACCARD', 'Jaccard')}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <ErrorRow key={row.image.id} slug={slug} version={version} row={row} />
        ))}
      </TableBody>
    </Table>
  );
}

const SortedTask = ({ words, children }: { words: string; children: ReactNode }) => (
  <>
    <TableCell align="right">{words} score</TableCell>
    {children}
  </>
);

interface SortHeadProps {
  words: string;
  href: string;
  /** The order of this column, where it decides. */
  order: 'ASC' | 'DESC' | false;
}

function SortHead({ words, href, order }: SortHeadProps) {
  return (
    <TableCell
      align={words === 'Image' ? 'left' : 'right'}
      aria-sort={order ? (order === 'ASC' ? 'ascending' : 'descending') : undefined}
    >
      <Link href={href} scroll={false} style={{ color: 'inherit' }}>
        {words} {order && <Icon name={order === 'ASC' ? 'up' : 'down'} size={12} />}
      </Link>
    </TableCell>
  );
}

function ErrorRow({ slug, version, row }: { slug: string; version: string; row: Row }) {
  const { image, patientCode, diagnosis, scores, jaccard } = row;
  const href = `/s/${slug}/images/${image.code}?v=${version}`;
  return (
    <TableRow>
      <TableCell>
        <Link href={href} tabIndex={-1} aria-hidden>
          <img
            src={image.thumbnailUrl}
            alt=""
            width={48}
            height={32}
            loading="lazy"
            className={styles.thumb}
          />
        </Link>
      </TableCell>
      <TableCell>
        <Link href={href} className={styles.mono}>
          {image.code}
        </Link>
      </TableCell>
      <TableCell>
        <Link href={`/s/${slug}/patients/${patientCode}`} className={styles.mono}>
          {patientCode}
        </Link>
      </TableCell>
      <TableCell>{diagnosis ? sentence(diagnosisWords[diagnosis]) : 'none recorded'}</TableCell>
      {tasks.map(([task]) => (
        <TaskCells key={task} outcome={scores.find((score) => score.task === task)} />
      ))}
      <TableCell align="right">
        {typeof jaccard === 'number' ? formatValue(jaccard) : 'not defined'}
      </TableCell>
    </TableRow>
  );
}

function TaskCells({ outcome }: { outcome: Row['scores'][number] | undefined }) {
  if (!outcome)
    return (
      <TableCell align="right" colSpan={2}>
        no score
      </TableCell>
    );
  return (
    <>
      <TableCell align="right">{formatValue(outcome.probability)}</TableCell>
      <TableCell align="right">
        {typeof outcome.error === 'number' ? formatValue(outcome.error) : 'no reference'}
      </TableCell>
    </>
  );
}
