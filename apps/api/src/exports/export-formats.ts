import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Cell, Column, Columnar, ColumnType, ExportTable } from './export-column.js';

/** Turns batches of rows into the bytes of a file, a batch at a time: nothing but one batch is ever held. */
type Encode = <Row>(
  table: ExportTable<Row>,
  batches: AsyncIterable<Columnar<Row>>,
) => AsyncGenerator<string | Uint8Array>;

const cellsOf = <Row>({ columns }: ExportTable<Row>, batch: Columnar<Row>) =>
  columns.map(({ cells }) => cells(batch));

/** The texts of a column; neighbours are often equal, and then so are their texts. */
function texts(cells: readonly Cell[], textOf: (cell: Cell) => string): string[] {
  let [before, text]: [Cell | undefined, string] = [undefined, ''];
  return cells.map((cell) => {
    if (cell !== before) [before, text] = [cell, textOf(cell)];
    return text;
  });
}

/** Row by row what the columns hold. */
function lines(columns: readonly string[][], lineOf: (cells: string[]) => string): string {
  const rows = columns[0]?.length ?? 0;
  let all = '';
  for (let row = 0; row < rows; row += 1) all += lineOf(columns.map((column) => column[row]!));
  return all;
}

const lineEnd = '\r\n';

/** RFC 4180. The first line names the columns, also where there is no row. */
async function* csv<Row>(table: ExportTable<Row>, batches: AsyncIterable<Columnar<Row>>) {
  yield table.columns.map(({ name }) => name).join(',') + lineEnd;
  for await (const batch of batches) {
    const columns = cellsOf(table, batch).map((cells) => texts(cells, csvCell));
    yield lines(columns, (cells) => cells.join(',') + lineEnd);
  }
}

/**
 * A cell that a spreadsheet would take for a formula gets an apostrophe in front: codes come from
 * outside, and opening the file must not run them. Numbers stay numbers: -3 is no formula.
 */
export function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const safe = /^\s*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One JSON object to a line. What is missing is null, so that every line has every name. */
async function* ndjson<Row>(table: ExportTable<Row>, batches: AsyncIterable<Columnar<Row>>) {
  const keys = table.columns.map(({ name }) => `${JSON.stringify(name)}:`);
  for await (const batch of batches) {
    const columns = cellsOf(table, batch).map((cells, i) =>
      texts(cells, (cell) => keys[i]! + JSON.stringify(cell)),
    );
    yield lines(columns, (cells) => `{${cells.join(',')}}\n`);
  }
}

const physicalTypes = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  integer: { type: 'INT32' },
  double: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
} as const satisfies Record<ColumnType, object>;

const parquetSchema = <Row>(columns: readonly Column<Row>[]) => [
  { name: 'root', num_children: columns.length },
  ...columns.map(({ name, type, emptyWhen }) => ({
    ...physicalTypes[type],
    name,
    repetition_type: emptyWhen === undefined ? ('REQUIRED' as const) : ('OPTIONAL' as const),
  })),
];

/** Each batch of rows is a row group, which leaves as soon as it is encoded; the footer comes last. */
async function* parquet<Row>(table: ExportTable<Row>, batches: AsyncIterable<Columnar<Row>>) {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: parquetSchema(table.columns),
    kvMetadata: [{ key: 'lesionwise.table', value: table.name }],
    createdBy: 'lesionwise',
  });
  const take = () => {
    const taken = bytes.getBytes().slice();
    bytes.index = 0;
    return taken;
  };
  for await (const batch of batches) {
    const columnData = cellsOf(table, batch).map((cells, i) => ({
      name: table.columns[i]!.name,
      data: [...cells],
    }));
    await writer.write({ columnData, rowGroupSize: Math.max(1, columnData[0]?.data.length ?? 0) });
    yield take();
  }
  await writer.finish();
  yield take();
}

export const exportFormats = {
  csv: { mediaType: 'text/csv; charset=utf-8', encode: csv as Encode },
  ndjson: { mediaType: 'application/x-ndjson; charset=utf-8', encode: ndjson as Encode },
  parquet: { mediaType: 'application/vnd.apache.parquet', encode: parquet as Encode },
} as const;

export type ExportFormat = keyof typeof exportFormats;
