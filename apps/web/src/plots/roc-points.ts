export interface RocPoint {
  falsePositives: number;
  truePositives: number;
  falsePositiveRate: number;
  truePositiveRate: number;
  /** Null is above every score: nothing is called positive. */
  threshold?: number | null;
}

export interface Picked {
  series: number;
  point: number;
}

/** The point nearest to a place in the plot, over all curves; both axes count alike. */
export function nearestPoint(
  curves: readonly (readonly RocPoint[])[],
  x: number,
  y: number,
): Picked | undefined {
  let found: Picked | undefined;
  let best = Infinity;
  curves.forEach((points, series) => {
    points.forEach((p, point) => {
      const distance = (p.falsePositiveRate - x) ** 2 + (p.truePositiveRate - y) ** 2;
      if (distance < best) {
        best = distance;
        found = { series, point };
      }
    });
  });
  return found;
}

/** One key further: left and right along the curve, up and down to the next curve at the same place. */
export function stepPoint(
  curves: readonly (readonly RocPoint[])[],
  from: Picked | undefined,
  key: string,
): Picked | undefined {
  if (!from) return curves.some((points) => points.length > 0) ? firstOf(curves) : undefined;
  const points = curves[from.series] ?? [];
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
      return otherCurve(curves, from, key === 'ArrowUp' ? -1 : 1);
  }
}

const firstOf = (curves: readonly (readonly RocPoint[])[]): Picked => ({
  series: curves.findIndex((points) => points.length > 0),
  point: 0,
});

function otherCurve(curves: readonly (readonly RocPoint[])[], from: Picked, by: number): Picked {
  const here = curves[from.series]?.[from.point];
  const drawn = [...curves.keys()].filter((series) => (curves[series]?.length ?? 0) > 0);
  const next = drawn[(drawn.indexOf(from.series) + by + drawn.length) % drawn.length];
  if (!here || next === undefined) return from;
  const near = nearestPoint(
    curves.map((points, series) => (series === next ? points : [])),
    here.falsePositiveRate,
    here.truePositiveRate,
  );
  return near ?? from;
}
