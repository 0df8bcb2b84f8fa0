import { estimatesTable } from './estimates-table.js';
import type { Column } from './export-column.js';
import { csvCell } from './export-formats.js';
import { agreementsTable, predictionsTable, referencesTable } from './export-tables.js';

/** Every table that can be exported; a column's reading of its row is nobody's business here. */
const tables: readonly { name: string; grain: string; columns: readonly Column<never>[] }[] = [
  predictionsTable,
  referencesTable,
  agreementsTable,
  estimatesTable,
];

const dictionary = () =>
  tables.map(({ name, grain, columns }) => ({
    table: name,
    rows: `one for each ${grain}`,
    columns: columns.map(({ name, type, unit, range, meaning, emptyWhen }) => ({
      ...{ name, type, unit, range, meaning },
      emptyWhen: emptyWhen ?? null,
    })),
  }));

export const dictionaryJson = () => `${JSON.stringify({ tables: dictionary() }, null, 2)}\n`;

const heads = ['column', 'type', 'unit', 'range', 'empty when', 'meaning'];

const cellsOf = (column: ReturnType<typeof dictionary>[number]['columns'][number]) => [
  ...[column.name, column.type, column.unit, column.range],
  ...[column.emptyWhen ?? 'never', column.meaning],
];

export const dictionaryCsv = () =>
  [
    ['table', ...heads.map((head) => head.replaceAll(' ', '_'))],
    ...dictionary().flatMap(({ table, columns }) =>
      columns.map((column) => [table, ...cellsOf(column)]),
    ),
  ]
    .map((row) => `${row.map(csvCell).join(',')}\r\n`)
    .join('');

/** The page docs/data-dictionary.md. */
export const dictionaryMarkdown = () =>
  [
    '# Data dictionary',
    'What the columns of the exports mean. The same text comes from `/exports/dictionary.json`, `.csv` and `.md`.',
    'An empty cell is a value that does not exist, never 0: an empty field in CSV, null in NDJSON and Parquet. In CSV a text that a spreadsheet would take for a formula has an apostrophe in front; NDJSON and Parquet carry it as it is. Numbers are written with as many digits as it takes to read back the same double.',
    ...dictionary().flatMap(({ table, rows, columns }) => [
      `## ${table}`,
      `Rows: ${rows}.`,
      markdownTable([heads, ...columns.map(cellsOf)]),
    ]),
  ].join('\n\n') + '\n';

function markdownTable([head = [], ...rows]: string[][]): string {
  const texts = [head, ...rows.map(([name = '', ...rest]) => [`\`${name}\``, ...rest])];
  const widths = head.map((_, i) => Math.max(...texts.map((row) => row[i]!.length)));
  const line = (row: string[]) =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(texts[0]!), rule, ...texts.slice(1).map(line)].join('\n');
}
