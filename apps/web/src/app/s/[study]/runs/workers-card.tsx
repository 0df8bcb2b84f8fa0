'use client';

import { useQuery } from '@apollo/client/react';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { WorkersQuery as Answer } from '@/gql/graphql';
import { WorkersQuery } from '@/runs/workers.query';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { countOf, formatBytes } from '@/ui/format';
import { Time } from '@/ui/time';
import styles from './workers-card.module.css';

type Worker = Answer['workers'][number];

/** As often as a worker says something of itself. */
const pollMs = 5_000;
const megabyte = 2 ** 20;

/** The processes that score, with the model versions that each holds ready; they come and go as one looks. */
export function WorkersCard({ workers: atFirst }: { workers: readonly Worker[] }) {
  const { data } = useQuery(WorkersQuery, { pollInterval: pollMs });
  const workers = data?.workers ?? atFirst;
  return (
    <Card flush title="Workers" aside={countOf(workers.length, 'worker')}>
      {workers.length === 0 ? (
        <EmptyState icon="clock" title="No worker is running">
          Runs wait until one starts. An administrator finds its log where the system was started.
        </EmptyState>
      ) : (
        <Table aria-label="Workers">
          <TableHead>
            <TableRow>
              <TableCell>Worker</TableCell>
              <TableCell>Ready to answer</TableCell>
              <TableCell align="right">Memory</TableCell>
              <TableCell>Last seen</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {workers.map((worker) => (
              <WorkerRow key={worker.id} worker={worker} />
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}

function WorkerRow({ worker }: { worker: Worker }) {
  const { id, host, startedAt, lastSeenAt, memoryMb, sessions } = worker;
  return (
    <TableRow>
      <TableCell>
        {host ?? id.slice(0, 8)}
        <small className={styles.quiet}>
          started <Time at={startedAt} />
        </small>
      </TableCell>
      <TableCell>
        {sessions.length === 0 ? (
          <span className={styles.quiet}>no model loaded; the first image loads one</span>
        ) : (
          <ul className={styles.sessions} aria-label="Loaded model versions">
            {sessions.map((session) => (
              <li key={`${session.modelVersion.id} ${session.device}`}>
                {session.modelVersion.title} on {session.device}
                <small className={styles.quiet}>
                  about {formatBytes(session.memoryMb * megabyte)}, used{' '}
                  <Time at={session.lastUsedAt} />
                </small>
              </li>
            ))}
          </ul>
        )}
      </TableCell>
      <TableCell align="right">{formatBytes(memoryMb * megabyte)}</TableCell>
      <TableCell>
        <Time at={lastSeenAt} />
      </TableCell>
    </TableRow>
  );
}
