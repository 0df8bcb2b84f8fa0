'use client';

import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { StudySizeFragment } from '@/gql/graphql';
import { PlotCard } from '@/plots/plot-card';
import { ticks } from '@/plots/ticks';
import { XyPlot } from '@/plots/xy-plot';
import { countOf, formatCount, formatProportion } from '@/ui/format';

interface PowerCurveProps {
  curve: StudySizeFragment['curve'];
  planned: { positives: number; power: number };
  words: string;
  method: string;
}

const title = 'Power by number of images';

/** What fewer or more images would give. Every point is the API's. */
export function PowerCurve({ curve, planned, words, method }: PowerCurveProps) {
  const last = curve.at(-1)?.positives ?? 1;
  const first = curve[0]?.positives ?? 0;
  const domain = [first, last] as const;
  return (
    <PlotCard
      title={title}
      aside={words}
      fileName="power"
      caption={{ lines: [title, words, method], legend: [] }}
      rows={() => [
        ['positives', 'negatives', 'power'],
        ...curve.map(({ positives, negatives, power }) => [positives, negatives, power]),
      ]}
      table={<PowerTable curve={curve} />}
    >
      <XyPlot
        label={`${title}: ${words}`}
        series={[
          {
            slot: 1,
            title: 'Power',
            points: curve.map(({ positives, negatives, power }) => ({
              x: positives,
              y: power,
              words: `${countOf(positives, 'positive')} and ${countOf(negatives, 'negative')}: power ${formatProportion(power)}`,
            })),
            mark: { x: planned.positives, y: planned.power },
          },
        ]}
        x={{ name: 'Positives', domain, ticks: ticks(domain, 5), format: formatCount }}
        y={{
          name: 'Power',
          domain: [0, 1],
          ticks: [0, 0.2, 0.4, 0.6, 0.8, 1],
          format: formatProportion,
        }}
        xWords={(x) => countOf(x, 'positive')}
        hint="Point at the curve, or step along it with the arrow keys."
        ratio={0.7}
      />
    </PlotCard>
  );
}

function PowerTable({ curve }: Pick<PowerCurveProps, 'curve'>) {
  return (
    <Table aria-label={title}>
      <TableHead>
        <TableRow>
          <TableCell align="right">Positives</TableCell>
          <TableCell align="right">Negatives</TableCell>
          <TableCell align="right">Power</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {curve.map(({ positives, negatives, power }) => (
          <TableRow key={positives}>
            <TableCell align="right">{formatCount(positives)}</TableCell>
            <TableCell align="right">{formatCount(negatives)}</TableCell>
            <TableCell align="right">{formatProportion(power)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
