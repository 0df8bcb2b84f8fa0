'use client';

import Button from '@mui/material/Button';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useState } from 'react';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { formatCount } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { StateChip } from '@/ui/state-chip';
import { VisuallyHidden } from '@/ui/visually-hidden';
import type { Report } from './import-report';
import styles from './import.module.css';
import { problemsCsv } from './problems-csv';

type Problem = Report['problems'][number];

export function ProblemTable({ problems }: { problems: readonly Problem[] }) {
  const ordered = problems.toSorted((a, b) => a.severity.localeCompare(b.severity));
  return (
    <Card
      title="Errors and warnings"
      aside="grouped by kind"
      flush
      actions={
        problems.length > 0 && (
          <Button
            size="small"
            onClick={() => {
              download(problemsCsv(ordered));
            }}
          >
            <Icon name="download" size={14} /> Problems as CSV
          </Button>
        )
      }
    >
      {problems.length === 0 ? (
        <EmptyState icon="check" title="No problem found">
          Every file was read to its end and fits the others.
        </EmptyState>
      ) : (
        <Table aria-label="Errors and warnings">
          <TableHead>
            <TableRow>
              <TableCell>Files</TableCell>
              <TableCell>What</TableCell>
              <TableCell>Problem and how to fix it</TableCell>
              <TableCell>Where</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {ordered.map((problem) => (
              <ProblemRow key={`${problem.code} ${problem.subject}`} problem={problem} />
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}

function ProblemRow({ problem }: { problem: Problem }) {
  const isError = problem.severity === 'ERROR';
  return (
    <TableRow>
      <TableCell>
        <StateChip tone={isError ? 'err' : 'warn'} icon={isError ? 'error' : 'warning'}>
          {formatCount(problem.count)}
          <VisuallyHidden>{isError ? ' with this error' : ' with this warning'}</VisuallyHidden>
        </StateChip>
      </TableCell>
      <TableCell className={styles.subject}>{problem.subject}</TableCell>
      <TableCell className={styles.problem}>
        <b>{problem.message}</b>
        <div className={styles.quiet}>{problem.fix}</div>
      </TableCell>
      <TableCell className={styles.examples}>
        <Examples problem={problem} />
      </TableCell>
    </TableRow>
  );
}

const SHOWN_AT_FIRST = 4;

function Examples({ problem: { examples, count } }: { problem: Problem }) {
  const [isOpen, setOpen] = useState(false);
  const shown = isOpen ? examples : examples.slice(0, SHOWN_AT_FIRST);
  const beyond = count - examples.length;
  return (
    <>
      {shown.map((example) => (
        <code key={example}>{example}</code>
      ))}
      {!isOpen && examples.length > SHOWN_AT_FIRST && (
        <button
          type="button"
          className={styles.more}
          onClick={() => {
            setOpen(true);
          }}
        >
          {formatCount(count - SHOWN_AT_FIRST)} more
        </button>
      )}
      {isOpen && beyond > 0 && (
        <span className={styles.quiet}>and {formatCount(beyond)} not listed</span>
      )}
    </>
  );
}

function download(text: string) {
  // The mark makes spreadsheets read UTF-8.
  const url = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'import-problems.csv';
  link.click();
  URL.revokeObjectURL(url);
}
