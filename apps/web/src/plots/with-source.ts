import type { PlotRow } from './plot-card';

/** The rows of a CSV, each saying where its numbers come from: a file is soon far from its page. */
export const withSource = (rows: readonly PlotRow[], source: string): PlotRow[] =>
  rows.map((row, index) => [...row, index === 0 ? 'source' : source]);
