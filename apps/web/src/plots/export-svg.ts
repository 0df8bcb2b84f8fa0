import { seriesOf } from '@/theme/series';

/** What a plot must carry with it once it has left the page. */
export interface PlotCaption {
  /** Title, snapshot, metric set; one line each. */
  lines: readonly string[];
  /** The versions with their numbers, by the slots they are drawn in. */
  legend: readonly { slot: number; words: string }[];
}

const drawn = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'opacity',
  'paint-order',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
] as const;

const lineHeight = 16;
const margin = 12;
/** Narrower, lines with a snapshot code and an interval would be cut. */
const minWidth = 480;

/**
 * Plots as one file of their own, below each other: what style sheets gave them is written into them,
 * on the ground they have on screen, with caption and legend underneath.
 */
export function exportSvg(plots: readonly SVGSVGElement[], caption: PlotCaption): string {
  const sizes = plots.map((plot) => plot.getBoundingClientRect());
  const width = Math.max(minWidth, ...sizes.map((size) => size.width));
  const plotsHeight = sizes.reduce((sum, size) => sum + size.height, 0);
  const rows = caption.lines.length + caption.legend.length;
  const height = plotsHeight + rows * lineHeight + 2 * margin;

  const file = element('svg', { width, height, viewBox: `0 0 ${width} ${height}` });
  file.append(element('rect', { width, height, fill: token('--surface') }));
  let y = 0;
  plots.forEach((plot, index) => {
    const copy = withOwnStyles(plot);
    copy.setAttribute('y', String(y));
    // Axis names lie outside the box of the drawing.
    copy.setAttribute('overflow', 'visible');
    file.append(copy);
    y += sizes[index]?.height ?? 0;
  });
  file.append(...captionElements(caption, plotsHeight + margin));
  return new XMLSerializer().serializeToString(file);
}

function withOwnStyles(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = svg.querySelectorAll('*');
  copy.querySelectorAll('*').forEach((one, index) => {
    const original = originals[index];
    if (!original) return;
    const style = getComputedStyle(original);
    for (const property of drawn) one.setAttribute(property, style.getPropertyValue(property));
    one.removeAttribute('class');
    one.removeAttribute('style');
  });
  copy.querySelectorAll('[data-hover]').forEach((one) => {
    one.remove();
  });
  for (const name of ['class', 'tabindex', 'style']) copy.removeAttribute(name);
  return copy;
}

function captionElements({ lines, legend }: PlotCaption, top: number): SVGElement[] {
  const baseline = (row: number) => top + (row + 1) * lineHeight;
  return [
    ...lines.map((words, row) => text(words, margin, baseline(row))),
    ...legend.flatMap(({ slot, words }, index) => {
      const y = baseline(lines.length + index);
      return [sample(slot, y - 4), text(words, margin + 34, y)];
    }),
  ];
}

function sample(slot: number, y: number) {
  const { color, dash } = seriesOf(slot);
  return element('path', {
    d: `M${margin} ${y}h26`,
    fill: 'none',
    stroke: token(color.replace(/^var\((.*)\)$/, '$1')),
    'stroke-width': 2,
    ...(dash === undefined ? {} : { 'stroke-dasharray': dash }),
  });
}

function text(words: string, x: number, y: number) {
  const made = element('text', {
    x,
    y,
    'font-size': 11,
    'font-family': 'sans-serif',
    fill: token('--text-2'),
  });
  made.textContent = words;
  return made;
}

const token = (name: string) =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function element(name: string, attributes: Record<string, string | number>) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
