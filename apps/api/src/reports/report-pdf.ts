import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { Block, Report, ReportFigure, ReportTable, Section } from './report.js';

/** The part of pdfmake's server side that is used; it is one object for the whole process. */
interface PdfMaker {
  addFonts: (fonts: object) => void;
  setUrlAccessPolicy: (mayAsk: (url: string) => boolean) => void;
  setLocalAccessPolicy: (mayRead: (path: string) => boolean) => void;
  createPdf: (document: TDocumentDefinitions) => { getBuffer: () => Promise<Buffer> };
}

/** Loaded with the first report: fonts and layout take their time. */
function openPdfMaker(): PdfMaker {
  const require = createRequire(import.meta.url);
  const maker = require('pdfmake') as PdfMaker;
  const fontsFile = require.resolve('pdfmake/fonts/Roboto.js');
  maker.addFonts(require(fontsFile) as object);
  // A report asks for nothing but its fonts, whatever stands in the texts of a study.
  maker.setUrlAccessPolicy(() => false);
  maker.setLocalAccessPolicy((path) => path.startsWith(dirname(fontsFile)));
  return maker;
}
let pdfMaker: PdfMaker | undefined;

/** A4, with the fonts inside: it looks and prints the same everywhere. */
export function reportPdf(report: Report): Promise<Buffer> {
  pdfMaker ??= openPdfMaker();
  return pdfMaker.createPdf(documentOf(report)).getBuffer();
}

const pageMargin = 46;
const contentWidth = 595 - 2 * pageMargin;
const quiet = '#60646c';

const documentOf = ({ title, subtitle, notices, sections }: Report): TDocumentDefinitions => ({
  info: { title, creator: 'Lesionwise', producer: 'Lesionwise' },
  language: 'en',
  pageSize: 'A4',
  pageMargins: [pageMargin, pageMargin, pageMargin, 54],
  defaultStyle: { font: 'Roboto', fontSize: 9.5, lineHeight: 1.2 },
  footer: (page, pages) => ({
    columns: [
      { text: subtitle, color: quiet, fontSize: 7.5 },
      { text: `${page} / ${pages}`, alignment: 'right', width: 60, color: quiet, fontSize: 7.5 },
    ],
    margin: [pageMargin, 16, pageMargin, 0],
  }),
  content: [
    { text: title, fontSize: 19, bold: true, margin: [0, 0, 0, 2] },
    { text: subtitle, color: quiet, margin: [0, 0, 0, 8] },
    ...notices.map((notice): Content => boxed(notice, quiet)),
    ...sections.map(section),
  ],
});

const section = ({ title, blocks }: Section): Content => ({
  stack: [
    { text: title, fontSize: 14, bold: true, margin: [0, 14, 0, 4], headlineLevel: 1 },
    ...blocks.map(block),
  ],
});

/** A line at the left and words beside it. */
const boxed = (words: string, colour: string): Content => ({
  table: { widths: ['*'], body: [[{ text: words, margin: [4, 1, 0, 1] }]] },
  layout: {
    hLineWidth: () => 0,
    vLineWidth: (line) => (line === 0 ? 3 : 0),
    vLineColor: () => colour,
  },
  margin: [0, 3, 0, 3],
});

function block(content: Block): Content {
  switch (content.kind) {
    case 'text':
      return { text: content.text, margin: [0, 3, 0, 3] };
    case 'missing':
      return boxed(`Missing: ${content.text}`, '#ad5700');
    case 'facts':
      return factsOf(content.facts);
    case 'table':
      return tableOf(content);
    case 'figure':
      return figureOf(content);
  }
}

const factsOf = (list: readonly (readonly [string, string])[]): Content =>
  list.length === 0
    ? []
    : {
        table: {
          widths: [110, '*'],
          body: list.map(([term, value]) => [{ text: term, color: quiet }, breakable(value)]),
        },
        layout: 'noBorders',
        margin: [0, 3, 0, 3],
      };

/** A hash is one long word; it may break where a line ends. */
const breakable = (value: string) =>
  value.replace(/[0-9a-f]{64}/g, (hash) => hash.replace(/.{16}/g, '$&\u200b'));

/** Rows of a table that is kept on one page. */
const longestWhole = 24;

const tableOf = ({ caption, head, rows, numbersFrom }: ReportTable): Content => {
  const align = (column: number) =>
    column >= numbersFrom ? ('right' as const) : ('left' as const);
  return {
    stack: [
      { text: caption, bold: true, margin: [0, 6, 0, 2] },
      {
        table: {
          headerRows: 1,
          dontBreakRows: true,
          widths: head.map((_, i) => (i === head.length - 1 && numbersFrom > i ? '*' : 'auto')),
          body: [
            head.map((cell, i) => ({ text: cell, bold: true, color: quiet, alignment: align(i) })),
            ...rows.map((cells) => cells.map((cell, i) => ({ text: cell, alignment: align(i) }))),
          ],
        },
        layout: 'lightHorizontalLines',
        fontSize: 8.5,
      },
    ],
    // A heading alone at the foot of a page helps nobody; long tables must break somewhere.
    unbreakable: rows.length <= longestWhole,
    margin: [0, 2, 0, 6],
  };
};

const figureOf = ({ svg, widthPx, caption }: ReportFigure): Content => ({
  stack: [
    { svg, width: Math.min(widthPx * 0.75, contentWidth) },
    { text: caption, color: quiet, fontSize: 8.5, margin: [0, 2, 0, 0] },
  ],
  unbreakable: true,
  margin: [0, 6, 0, 6],
});
