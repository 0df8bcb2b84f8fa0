import type { RocPoint } from '../comparison/estimate.type.js';
import { countOf } from './report-words.js';
import { escaped, type ReportFigure } from './report.js';
import type { ReportFacts } from './report-facts.js';

const font = 'font-family="Roboto, Helvetica, Arial, sans-serif"';
const ink = '#1c2024';
const quiet = '#60646c';

/** A version is told by its dashes as well as by its colour: reports are printed in grey. */
const strokes = [
  { colour: '#0b57d0', dash: '' },
  { colour: '#b3261e', dash: '7 3' },
  { colour: '#146c2e', dash: '2 3' },
  { colour: '#7b3fa0', dash: '9 3 2 3' },
  { colour: '#8a5300', dash: '4 2' },
  { colour: '#00677d', dash: '1 2' },
];
const strokeOf = (index: number) => strokes[index % strokes.length]!;

const words = (x: number, y: number, said: string, more = '') =>
  `<text x="${x}" y="${y}" ${font} font-size="11" fill="${ink}" ${more}>${escaped(said)}</text>`;

interface Box {
  x: number;
  y: number;
  widthPx: number;
  lines: string[];
}
const lineHeight = 15;
const boxHeight = ({ lines }: Box) => lines.length * lineHeight + 12;
const drawBox = (box: Box) =>
  `<rect x="${box.x}" y="${box.y}" width="${box.widthPx}" height="${boxHeight(box)}" fill="#ffffff" stroke="${quiet}"/>` +
  box.lines.map((line, i) => words(box.x + 10, box.y + 18 + i * lineHeight, line)).join('');
const drawLine = (x1: number, y1: number, x2: number, y2: number) =>
  `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${quiet}"/>`;

const picture = (widthPx: number, heightPx: number, content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${widthPx} ${heightPx}" width="${widthPx}" height="${heightPx}">${content}</svg>`;

/** The way of the images from the study into the statistics, with what was left out on the way. */
export function flowFigure({ flow, snapshot, versions }: ReportFacts): ReportFigure {
  const [left, right, wide] = [10, 330, 290];
  const study: Box = {
    ...{ x: left, y: 10, widthPx: wide },
    lines: [
      'In the study now',
      `${countOf(flow.studyPatients, 'patient')}, ${countOf(flow.studyImages, 'image')}`,
    ],
  };
  const out: Box = {
    ...{ x: right, y: 50, widthPx: wide },
    lines: [
      'Not in the snapshot',
      `${countOf(flow.excluded, 'image')} excluded for quality`,
      `${countOf(flow.withdrawn, 'image')}: consent withdrawn`,
      `${countOf(flow.notChosen, 'image')} outside the cohort, or added later`,
    ],
  };
  const chosen: Box = {
    ...{ x: left, y: 150, widthPx: wide },
    lines: [
      `In snapshot ${snapshot.code}`,
      `${countOf(snapshot.patients, 'patient')}, ${countOf(snapshot.images, 'image')}`,
    ],
  };
  const lacking: Box = {
    ...{ x: right, y: 200, widthPx: wide },
    lines: [
      'Left out where the reference is needed',
      `${countOf(flow.withoutDiagnosis, 'image')} without a reference diagnosis`,
      `${countOf(flow.withoutMask, 'image')} without a reference mask`,
    ],
  };
  const scored: Box = {
    ...{ x: left, y: 290, widthPx: wide },
    lines: [
      `Scored by ${countOf(versions.length, 'version')}: ${countOf(snapshot.images, 'image')}`,
      ...versions.map(({ title }) => title),
    ],
  };
  const middle = left + wide / 2;
  const down = (from: Box, to: Box) => drawLine(middle, from.y + boxHeight(from), middle, to.y);
  const aside = (box: Box) => {
    const y = box.y + boxHeight(box) / 2;
    return drawLine(middle, y, right, y);
  };
  const content = [
    ...[down(study, chosen), down(chosen, scored), aside(out), aside(lacking)],
    ...[study, out, chosen, lacking, scored].map(drawBox),
  ].join('');
  const heightPx = scored.y + boxHeight(scored) + 10;
  return {
    kind: 'figure',
    caption:
      'Flow of images. The study may have changed since the snapshot was taken; the snapshot has not.',
    alternative: [study, out, chosen, lacking, scored]
      .map(({ lines }) => lines.join(': '))
      .join('. '),
    ...{ widthPx: 640, heightPx, svg: picture(640, heightPx, content) },
  };
}

export interface RocCurve {
  title: string;
  points: readonly RocPoint[];
  auc: string;
}

const side = 300;
const margin = 46;

/** All versions on one task. */
export function rocFigure(task: string, curves: readonly RocCurve[]): ReportFigure {
  const x = (rate: number) => margin + rate * side;
  const y = (rate: number) => 10 + (1 - rate) * side;
  const axis = [0, 0.25, 0.5, 0.75, 1].flatMap((rate) => [
    `<line x1="${x(rate)}" y1="${y(0)}" x2="${x(rate)}" y2="${y(1)}" stroke="#e0e1e6"/>`,
    `<line x1="${x(0)}" y1="${y(rate)}" x2="${x(1)}" y2="${y(rate)}" stroke="#e0e1e6"/>`,
    words(x(rate), y(0) + 16, String(rate), 'text-anchor="middle"'),
    words(x(0) - 6, y(rate) + 4, String(rate), 'text-anchor="end"'),
  ]);
  const drawn = curves.map(({ points }, i) => {
    const { colour, dash } = strokeOf(i);
    const path = points.map(
      (p) => `${round(x(p.falsePositiveRate))},${round(y(p.truePositiveRate))}`,
    );
    return `<polyline points="${path.join(' ')}" fill="none" stroke="${colour}" stroke-width="1.6" stroke-dasharray="${dash || 'none'}"/>`;
  });
  const keys = curves.map(({ title, auc }, i) => {
    const { colour, dash } = strokeOf(i);
    const at = side + 66 + i * 18;
    return (
      `<line x1="${margin}" y1="${at - 4}" x2="${margin + 34}" y2="${at - 4}" stroke="${colour}" stroke-width="1.6" stroke-dasharray="${dash || 'none'}"/>` +
      words(margin + 42, at, `${title}: AUC ${auc}`)
    );
  });
  const widthPx = side + 2 * margin + 60;
  const heightPx = side + 72 + curves.length * 18;
  const content = [
    ...axis,
    `<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="${quiet}" stroke-dasharray="3 3"/>`,
    ...drawn,
    words(x(0.5), y(0) + 34, '1 − specificity', 'text-anchor="middle"'),
    words(12, y(0.5), 'Sensitivity', `text-anchor="middle" transform="rotate(-90 12 ${y(0.5)})"`),
    ...keys,
  ].join('');
  return {
    kind: 'figure',
    caption: `ROC curves for ${task}. The broken diagonal is chance.`,
    alternative: curves.map(({ title, auc }) => `${title}: AUC ${auc}`).join('; '),
    ...{ widthPx, heightPx, svg: picture(widthPx, heightPx, content) },
  };
}

const round = (coordinate: number) => coordinate.toFixed(2);

export interface IntervalLine {
  label: string;
  value: number | null;
  low: number | null;
  high: number | null;
  words: string;
}

/** Estimates with their intervals under each other, on an axis from 0.5 or below to 1. */
export function intervalFigure(caption: string, lines: readonly IntervalLine[]): ReportFigure {
  const lowest = Math.min(0.5, ...lines.flatMap(({ value, low }) => [value ?? 1, low ?? 1]));
  const [left, wide, right] = [210, 220, 230];
  const x = (value: number) => left + ((value - lowest) / (1 - lowest)) * wide;
  const rows = lines.map(({ label, value, low, high, words: said }, i) => {
    const y = 16 + i * 18;
    const interval = low !== null && high !== null ? drawLine(x(low), y - 4, x(high), y - 4) : '';
    const point =
      value === null
        ? ''
        : `<rect x="${x(value) - 3}" y="${y - 7}" width="6" height="6" fill="${ink}"/>`;
    return words(4, y, label) + interval + point + words(left + wide + 12, y, said);
  });
  const bottom = 16 + lines.length * 18;
  const ticks = [lowest, 1].map(
    (value) =>
      words(x(value), bottom + 14, value.toFixed(2), 'text-anchor="middle"') +
      drawLine(x(value), 4, x(value), bottom),
  );
  const widthPx = left + wide + right;
  const heightPx = bottom + 24;
  return {
    kind: 'figure',
    caption,
    alternative: lines.map(({ label, words: said }) => `${label}: ${said}`).join('; '),
    ...{ widthPx, heightPx, svg: picture(widthPx, heightPx, [...ticks, ...rows].join('')) },
  };
}
