'use client';

import { useMutation } from '@apollo/client/react';
import Button from '@mui/material/Button';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { refusalOf } from '@/apollo/refusal';
import type { FailureReason, RunDetailFragment } from '@/gql/graphql';
import { RetryFailedMutation } from '@/runs/run-detail.query';
import { isActive, retryWords } from '@/runs/run-words';
import { Card } from '@/ui/card';
import { countOf, formatCount } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { useNotice } from '@/ui/notice';
import { StateChip } from '@/ui/state-chip';
import { VisuallyHidden } from '@/ui/visually-hidden';
import styles from './run-view.module.css';

interface FailuresCardProps {
  slug: string;
  run: RunDetailFragment;
  mayRun: boolean;
}

/** Why images failed, what to do about it, and the way to try them again. */
export function FailuresCard({ slug, run, mayRun }: FailuresCardProps) {
  const { retry, busy } = useRetry(run.id);
  const mayRetry = mayRun && !isActive(run);
  const retryable = run.failures.filter((failure) => failure.retryable);
  const retryableCount = retryable.reduce((sum, { count }) => sum + count, 0);
  return (
    <Card
      flush
      title="Failed, by reason"
      aside={`${countOf(run.failedCount, 'image')}; the others are not held up`}
      actions={
        mayRetry && retryableCount > 0 ? (
          <Button
            size="small"
            variant="contained"
            color="primary"
            loading={busy}
            onClick={() => void retry()}
          >
            <Icon name="refresh" size={14} /> {retryWords(retryableCount)}
          </Button>
        ) : undefined
      }
    >
      <Table aria-label="Failed images by reason">
        <TableHead>
          <TableRow>
            <TableCell align="right" sx={{ width: 80 }}>
              Images
            </TableCell>
            <TableCell>Reason</TableCell>
            <TableCell>Examples</TableCell>
            <TableCell>Retryable</TableCell>
            <TableCell>
              <VisuallyHidden>Retry</VisuallyHidden>
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {run.failures.map((failure) => (
            <FailureRow
              key={failure.reason}
              slug={slug}
              failure={failure}
              onRetry={
                mayRetry && failure.retryable && retryable.length > 1
                  ? () => void retry(failure.reason)
                  : undefined
              }
              busy={busy}
            />
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

interface FailureRowProps {
  slug: string;
  failure: RunDetailFragment['failures'][number];
  /** Absent where the button above the table does the same, or nothing may be retried. */
  onRetry: (() => void) | undefined;
  busy: boolean;
}

function FailureRow({ slug, failure, onRetry, busy }: FailureRowProps) {
  return (
    <TableRow>
      <TableCell align="right">
        <b>{formatCount(failure.count)}</b>
      </TableCell>
      <TableCell sx={{ py: 1.5 }}>
        <b>{failure.title}</b>
        <span className={styles.hint}>{failure.hint}</span>
      </TableCell>
      <TableCell>
        <span className={styles.examples}>
          {failure.examples.map((code) => (
            <Link key={code} href={`/s/${slug}/images/${code}`} className={styles.mono}>
              {code}
            </Link>
          ))}
        </span>
      </TableCell>
      <TableCell>
        {failure.retryable ? (
          <StateChip tone="ok" icon="check">
            yes
          </StateChip>
        ) : (
          <StateChip tone="off" icon="close">
            no
          </StateChip>
        )}
      </TableCell>
      <TableCell align="right">
        {onRetry && (
          <Button size="small" disabled={busy} onClick={onRetry}>
            <Icon name="refresh" size={14} /> Retry {formatCount(failure.count)}
          </Button>
        )}
      </TableCell>
    </TableRow>
  );
}

function useRetry(id: string) {
  const router = useRouter();
  const say = useNotice();
  const [retryFailed, { loading }] = useMutation(RetryFailedMutation);
  const retry = async (reason?: FailureReason) => {
    try {
      await retryFailed({ variables: { id, reason } });
      router.refresh();
    } catch (error) {
      say({ icon: 'error', message: refusalOf(error).message });
    }
  };
  return { retry, busy: loading };
}
