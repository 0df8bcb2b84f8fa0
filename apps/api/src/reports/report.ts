/** A report as what it says, before it is HTML or PDF. Texts are plain: the writers escape them. */
export interface Report {
  title: string;
  subtitle: string;
  /** Said above everything else, such as that the images are synthetic. */
  notices: string[];
  sections: Section[];
}

export interface Section {
  /** Stands in links of the checklist. */
  id: string;
  title: string;
  blocks: Block[];
}

export type Block =
  | { kind: 'text'; text: string }
  /** What the system does not know and a reader must look for elsewhere. */
  | { kind: 'missing'; text: string }
  | { kind: 'facts'; facts: readonly (readonly [term: string, value: string])[] }
  | ReportTable
  | ReportFigure;

export interface ReportTable {
  kind: 'table';
  caption: string;
  head: string[];
  rows: string[][];
  /** From this column on numbers stand, to the right. */
  numbersFrom: number;
}

export interface ReportFigure {
  kind: 'figure';
  caption: string;
  /** What the picture shows, for who does not see it. */
  alternative: string;
  widthPx: number;
  heightPx: number;
  svg: string;
}

export const text = (words: string): Block => ({ kind: 'text', text: words });
export const missing = (words: string): Block => ({ kind: 'missing', text: words });
export const facts = (...list: (readonly [string, string])[]): Block => ({
  kind: 'facts',
  facts: list,
});
export const table = (
  caption: string,
  head: string[],
  rows: string[][],
  numbersFrom = 1,
): ReportTable => ({ kind: 'table', caption, head, rows, numbersFrom });

/** For HTML and SVG, in elements and in quoted attributes. */
export const escaped = (words: string) =>
  words
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
