'use client';

import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { HistogramPlot } from '@/plots/histogram-plot';
import { PlotCard, type PlotRow } from '@/plots/plot-card';
import { CopyAs } from '@/scripts/copy-as';
import type { Shown } from '@/scripts/shown';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { Estimate, estimateWords } from '@/ui/estimate';
import { countOf, formatCount, formatProportion, formatValue } from '@/ui/format';
import { VersionMarker } from '@/ui/version-marker';
import type { EvaluatedVersion } from './evaluation';
import styles from './dashboard.module.css';

/** Below it, the ISIC 2018 challenge calls a segmentation failed. */
const failureThreshold = 0.65;

export interface Segmented {
  slot: number;
  title: string;
  of: NonNullable<EvaluatedVersion['segmentation']>;
}

interface SegmentationCardProps {
  versions: readonly Segmented[];
  source: string;
  code: string;
  shown: Shown;
}

export function SegmentationCard({ versions, source, code, shown }: SegmentationCardProps) {
  const [first] = versions;
  const title = 'Jaccard to reference';
  if (!first)
    return (
      <Card title={title}>
        <EmptyState icon="image" title="No predicted mask">
          None of these versions gives one.
        </EmptyState>
      </Card>
    );
  return (
    <PlotCard
      title={title}
      actions={<CopyAs title={title} shown={shown} />}
      aside={`n ${countOf(first.of.images, 'mask')} · ${countOf(first.of.patients, 'patient')}`}
      fileName={`jaccard-${code}`}
      caption={{
        lines: [`${title}: images, and the mean with its interval`, source],
        legend: versions.map((v) => ({
          slot: v.slot,
          words: `${v.title}: mean ${estimateWords(v.of.meanJaccard)}, ${countOf(v.of.images, 'image')}`,
        })),
      }}
      rows={() => csvRows(versions)}
      table={<BinTable title={title} versions={versions} />}
    >
      {versions.map((version) => (
        <Distribution key={version.slot} version={version} />
      ))}
    </PlotCard>
  );
}

function Distribution({ version: { slot, title, of } }: { version: Segmented }) {
  return (
    <div className={styles.segment}>
      <div className={styles.segmentHead}>
        <VersionMarker slot={slot} /> <b>{title}</b>
        <span>
          mean <Estimate of={of.meanJaccard} />
        </span>
      </div>
      <div className={styles.segmentFacts}>
        {formatCount(of.below065)} of {formatCount(of.images)} below{' '}
        {formatProportion(failureThreshold)} · median{' '}
        {typeof of.medianJaccard === 'number' ? formatValue(of.medianJaccard) : 'not defined'} ·
        mean Dice <Estimate of={of.meanDice} /> · {undefinedWords(of.undefinedCount)}
      </div>
      <HistogramPlot
        label={`Jaccard of ${title}: mean ${estimateWords(of.meanJaccard)}, ${countOf(of.images, 'image')}`}
        slot={slot}
        bins={of.histogram}
        mean={of.meanJaccard}
        threshold={failureThreshold}
      />
    </div>
  );
}

const undefinedWords = (count: number) =>
  count === 0
    ? 'defined for every pair of masks'
    : `not defined for ${countOf(count, 'pair', 'pairs')} of empty masks, left out`;

function BinTable({ title, versions }: { title: string; versions: readonly Segmented[] }) {
  const bins = versions[0]?.of.histogram ?? [];
  return (
    <Table aria-label={title} stickyHeader>
      <TableHead>
        <TableRow>
          <TableCell>Jaccard</TableCell>
          {versions.map((version) => (
            <TableCell key={version.slot} align="right">
              {version.title}, images
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {bins.map(({ from, to }, index) => (
          <TableRow key={from}>
            <TableCell>
              {formatProportion(from)} to {formatProportion(to)}
            </TableCell>
            {versions.map((version) => (
              <TableCell key={version.slot} align="right">
                {formatCount(version.of.histogram[index]?.count ?? 0)}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

const csvRows = (versions: readonly Segmented[]): PlotRow[] => [
  ['version', 'jaccard_from', 'jaccard_to', 'images'],
  ...versions.flatMap(({ title, of }) =>
    of.histogram.map(({ from, to, count }): PlotRow => [title, from, to, count]),
  ),
];
