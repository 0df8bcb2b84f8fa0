'use client';

import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Link from 'next/link';
import type { ImageRowFragment } from '@/gql/graphql';
import { Thumbnail } from '@/images/thumbnail';
import { Check } from '@/ui/check';
import { VisuallyHidden } from '@/ui/visually-hidden';
import { diagnosisWords, methodWords, sentence, sexWords, siteWords } from '@/ui/words';
import type { ImageViewProps } from './gallery';
import styles from './image-table.module.css';
import { ScoreCells, ScoreHeads } from './score-cells';
import { SortHead } from './sort-head';
import type { LoadedList } from './use-image-list';

export function ImageTable({ rows, list, selection, onToggle, onToggleAll }: ImageViewProps) {
  const chosen = selection.wholeList ? rows.length : selection.selected.size;
  return (
    <Paper variant="outlined" className={styles.frame}>
      <Table stickyHeader aria-label="Images" aria-describedby="list-keys">
        <TableHead>
          <TableRow>
            <TableCell>
              <Check
                checked={chosen > 0 && chosen >= rows.length}
                isMixed={chosen > 0 && chosen < rows.length}
                onChange={onToggleAll}
                aria-label={`Select all ${rows.length} shown`}
              />
            </TableCell>
            <TableCell>
              <VisuallyHidden>Photograph</VisuallyHidden>
            </TableCell>
            <SortHead list={list} value="code">
              Image
            </SortHead>
            <SortHead list={list} value="patient">
              Patient
            </SortHead>
            <TableCell>Diagnosis</TableCell>
            <TableCell>Proof</TableCell>
            <TableCell>Site</TableCell>
            <TableCell align="right">Age</TableCell>
            <TableCell>Sex</TableCell>
            <ScoreHeads list={list} />
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row, index) => {
            const isSelected = selection.wholeList || selection.selected.has(row.id);
            return (
              <TableRow key={row.id} selected={isSelected} aria-selected={isSelected}>
                <TableCell>
                  <Check
                    tabIndex={-1}
                    checked={isSelected}
                    aria-label={`Select ${row.code}`}
                    onClick={(event) => {
                      onToggle(index, event.shiftKey);
                    }}
                    onChange={() => undefined}
                  />
                </TableCell>
                <RecordCells
                  row={row}
                  list={list}
                  index={index}
                  isTabStop={index === Math.min(selection.focus, rows.length - 1)}
                />
                <ScoreCells row={row} list={list} />
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </Paper>
  );
}

interface RecordCellsProps {
  row: ImageRowFragment;
  list: LoadedList;
  index: number;
  isTabStop: boolean;
}

function RecordCells({ row, list, index, isTabStop }: RecordCellsProps) {
  const { patient, diagnosis, anatomicSite } = row.lesion;
  return (
    <>
      <TableCell className={styles.photoCell}>
        <Thumbnail
          className={styles.photo}
          code={row.code}
          url={row.thumbnailUrl}
          widthPx={row.widthPx}
          heightPx={row.heightPx}
        />
      </TableCell>
      <TableCell className={styles.code}>
        <Link
          href={list.viewerHref(row.code)}
          prefetch={false}
          data-index={index}
          tabIndex={isTabStop ? 0 : -1}
        >
          {row.code}
        </Link>
        {row.quality === 'EXCLUDED' && <span className={styles.excluded}> excluded</span>}
      </TableCell>
      <TableCell className={styles.code}>
        <Link
          className={styles.quiet}
          href={`/s/${list.slug}/patients/${encodeURIComponent(patient.code)}`}
          prefetch={false}
        >
          {patient.code}
        </Link>
      </TableCell>
      <TableCell>
        {diagnosis ? sentence(diagnosisWords[diagnosis.diagnosis]) : <Missing />}
      </TableCell>
      <TableCell className={styles.soft}>
        {diagnosis ? methodWords[diagnosis.method] : <Missing />}
      </TableCell>
      <TableCell className={styles.soft}>
        {anatomicSite ? siteWords[anatomicSite] : <Missing />}
      </TableCell>
      <TableCell align="right">
        {typeof patient.ageYears === 'number' ? (
          patient.ageYears >= 85 ? (
            '85+'
          ) : (
            patient.ageYears
          )
        ) : (
          <Missing />
        )}
      </TableCell>
      <TableCell className={styles.soft}>
        {patient.sex ? sexWords[patient.sex] : <Missing />}
      </TableCell>
    </>
  );
}

const Missing = () => <span className={styles.missing}>not recorded</span>;
