/** A place in a plot, in the units of its axes. */
export interface XyPoint {
  x: number;
  y: number;
}

export interface Picked {
  series: number;
  point: number;
}

/** What brings both axes to the same length, so that near means near on screen. */
export interface Spans {
  x: number;
  y: number;
}

const unit: Spans = { x: 1, y: 1 };

/** The point nearest to a place in the plot, over all series. */
export function nearestPoint(
  series: readonly (readonly XyPoint[])[],
  at: XyPoint,
  spans: Spans = unit,
): Picked | undefined {
  let found: Picked | undefined;
  let best = Infinity;
  series.forEach((points, index) => {
    points.forEach(({ x, y }, point) => {
      const distance = ((x - at.x) / spans.x) ** 2 + ((y - at.y) / spans.y) ** 2;
      if (distance < best) {
        best = distance;
        found = { series: index, point };
      }
    });
  });
  return found;
}

/** One key further: left and right along the series, up and down to the next series at the same place. */
export function stepPoint(
  series: readonly (readonly XyPoint[])[],
  from: Picked | undefined,
  key: string,
  spans: Spans = unit,
): Picked | undefined {
  if (!from) return firstStep(series, key);
  const points = series[from.series] ?? [];
  switch (key) {
    case 'ArrowRight':
      return { ...from, point: Math.min(from.point + 1, points.length - 1) };
    case 'ArrowLeft':
      return { ...from, point: Math.max(from.point - 1, 0) };
    case 'Home':
      return { ...from, point: 0 };
    case 'End':
      return { ...from, point: points.length - 1 };
    default:
      return otherSeries(series, from, key === 'ArrowUp' ? -1 : 1, spans);
  }
}

/** The point of a series that holds at x: the last one up to it, or the first. Points rise in x. */
export function pointAt<Point extends XyPoint>(
  points: readonly Point[],
  x: number,
): Point | undefined {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.x ?? Infinity) <= x) low = middle + 1;
    else high = middle;
  }
  return points[Math.max(0, low - 1)];
}

/** Into the plot: to the first point of the first drawn series, or with End to its last. */
function firstStep(series: readonly (readonly XyPoint[])[], key: string): Picked | undefined {
  const drawn = series.findIndex((points) => points.length > 0);
  const last = (series[drawn]?.length ?? 0) - 1;
  return drawn === -1 ? undefined : { series: drawn, point: key === 'End' ? last : 0 };
}

function otherSeries(
  series: readonly (readonly XyPoint[])[],
  from: Picked,
  by: number,
  spans: Spans,
): Picked {
  const here = series[from.series]?.[from.point];
  const drawn = [...series.keys()].filter((index) => (series[index]?.length ?? 0) > 0);
  const next = drawn[(drawn.indexOf(from.series) + by + drawn.length) % drawn.length];
  if (!here || next === undefined) return from;
  const only = series.map((points, index) => (index === next ? points : []));
  return nearestPoint(only, here, spans) ?? from;
}
