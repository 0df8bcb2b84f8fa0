'use client';

import { formatCount, formatProportion, formatValue } from '@/ui/format';
import { XyPlot, type PlotAxis } from './xy-plot';

export interface RocPoint {
  falsePositives: number;
  truePositives: number;
  falsePositiveRate: number;
  truePositiveRate: number;
  /** Null is above every score: nothing is called positive. */
  threshold?: number | null;
}

export interface RocCurve {
  slot: number;
  title: string;
  positives: number;
  negatives: number;
  points: readonly RocPoint[];
  /** Pointwise, of the sensitivity at each false positive rate. */
  band?: readonly { falsePositiveRate: number; low: number; high: number }[] | undefined;
  /** Where the version's threshold lies on its curve. */
  operatingPoint?: { falsePositiveRate: number; truePositiveRate: number } | undefined;
}

const rates = [0, 0.25, 0.5, 0.75, 1];
const axis = (name: string): PlotAxis => ({
  name,
  domain: [0, 1],
  ticks: rates,
  format: formatProportion,
});

/** Draws the points the server computed. Ties make slanted pieces: the curve whose area is the AUC. */
export function RocPlot({ label, curves }: { label: string; curves: readonly RocCurve[] }) {
  return (
    <XyPlot
      label={label}
      series={curves.map((curve) => ({
        slot: curve.slot,
        title: curve.title,
        points: curve.points.map((point) => ({
          x: point.falsePositiveRate,
          y: point.truePositiveRate,
          words: pointWords(curve, point),
        })),
        ...(curve.band && {
          band: curve.band.map(({ falsePositiveRate: x, low, high }) => ({ x, low, high })),
        }),
        mark: curve.operatingPoint && {
          x: curve.operatingPoint.falsePositiveRate,
          y: curve.operatingPoint.truePositiveRate,
        },
      }))}
      x={axis('1 − specificity')}
      y={axis('Sensitivity')}
      reference={[
        [
          { x: 0, y: 0 },
          { x: 1, y: 1 },
        ],
      ]}
      xWords={(x) => `Sensitivity at the same 1 − specificity of ${formatProportion(x)}`}
      hint="Point at a curve, or use the arrow keys, to read a threshold."
    />
  );
}

function pointWords({ positives, negatives }: RocCurve, point: RocPoint) {
  const { threshold, truePositives, falsePositives, truePositiveRate, falsePositiveRate } = point;
  const at =
    typeof threshold === 'number' ? `score ≥ ${formatValue(threshold)}` : 'above all scores';
  return (
    `${at}: sensitivity ${formatProportion(truePositiveRate)} ` +
    `(${formatCount(truePositives)} of ${formatCount(positives)} found), ` +
    `1 − specificity ${formatProportion(falsePositiveRate)} ` +
    `(${formatCount(falsePositives)} of ${formatCount(negatives)} called wrongly).`
  );
}
