import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { RunDetailFragment } from '@/gql/graphql';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { countOf, formatCount, formatPercent } from '@/ui/format';
import { VisuallyHidden } from '@/ui/visually-hidden';
import styles from './run-view.module.css';

const words: Record<string, string> = {
  read: 'Read from storage',
  decode: 'Decode',
  infer: 'Model',
  mask: 'Mask to full size',
  write: 'Write results',
};

export function StagesCard({ run }: { run: RunDetailFragment }) {
  if (run.stageTimes.length === 0)
    return (
      <Card title="Time per image">
        <EmptyState icon="clock" title="Nothing measured yet">
          The stages are timed with the first batch.
        </EmptyState>
      </Card>
    );
  return (
    <Card
      flush
      title="Time per image"
      aside={`n = ${formatCount(run.scoredCount)}, mean`}
      footer={preparedWords(run)}
    >
      <Table aria-label="Time per image by stage">
        <TableHead>
          <TableRow>
            <TableCell>Stage</TableCell>
            <TableCell>
              <VisuallyHidden>Share as a bar</VisuallyHidden>
            </TableCell>
            <TableCell align="right">mean ms</TableCell>
            <TableCell align="right">share</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {run.stageTimes.map(({ stage, meanMs, share }) => (
            <TableRow key={stage}>
              <TableCell>{words[stage] ?? stage}</TableCell>
              <TableCell aria-hidden>
                <div className={styles.track}>
                  <i style={{ width: `${share * 100}%` }} />
                </div>
              </TableCell>
              <TableCell align="right">{meanMs.toFixed(1)}</TableCell>
              <TableCell align="right">{formatPercent(share)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

/** Stages overlap, so their sum is more than an image takes; and why the decoder may have had nothing to do. */
function preparedWords({ preparedCount, scoredCount }: RunDetailFragment) {
  const overlap = 'The stages work side by side.';
  if (preparedCount === 0) return overlap;
  const prepared =
    preparedCount >= scoredCount
      ? 'All images came prepared: no photograph was decoded.'
      : `${countOf(preparedCount, 'image')} came prepared, without decoding a photograph.`;
  return `${overlap} ${prepared}`;
}
