import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Cell, Column, ColumnType, ExportTable } from './export-column.js';

/** Turns batches of rows into the bytes of a file, a batch at a time: nothing but one batch is ever held. */
type Encode = <Row>(
  table: ExportTable<Row>,
  batches: AsyncIterable<Row[]>,
) => AsyncGenerator<string | Uint8Array>;

const lineEnd = '\r\n';

/** RFC 4180. The first line names the columns, also where there is no row. */
async function* csv<Row>({ columns }: ExportTable<Row>, batches: AsyncIterable<Row[]>) {
  yield columns.map(({ name }) => name).join(',') + lineEnd;
  for await (const rows of batches) {
    yield (
      rows.map((row) => columns.map(({ read }) => csvCell(read(row))).join(',')).join(lineEnd) +
      (rows.length > 0 ? lineEnd : '')
    );
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
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One JSON object to a line. What is missing is null, so that every line has every name. */
async function* ndjson<Row>({ columns }: ExportTable<Row>, batches: AsyncIterable<Row[]>) {
  const keys = columns.map(({ name }) => `${JSON.stringify(name)}:`);
  const ofRow = (row: Row) =>
    `{${columns.map(({ read }, i) => keys[i]! + JSON.stringify(read(row))).join(',')}}\n`;
  for await (const rows of batches) yield rows.map(ofRow).join('');
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

/** Rows of several batches go into one group: readers pay for each group. */
const rowsPerGroup = 10_000;

/** Each batch of rows is a row group, which leaves as soon as it is encoded; the footer comes last. */
async function* parquet<Row>(table: ExportTable<Row>, batches: AsyncIterable<Row[]>) {
  const { columns } = table;
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: parquetSchema(columns),
    kvMetadata: [{ key: 'lesionwise.table', value: table.name }],
    createdBy: 'lesionwise',
  });
  const take = () => {
    const taken = bytes.getBytes().slice();
    bytes.index = 0;
    return taken;
  };
  for await (const rows of grouped(batches, rowsPerGroup)) {
    const columnData = columns.map(({ name, read }) => ({ name, data: rows.map(read) }));
    await writer.write({ columnData, rowGroupSize: rows.length });
    yield take();
  }
  await writer.finish();
  yield take();
}

async function* grouped<Row>(batches: AsyncIterable<Row[]>, size: number): AsyncGenerator<Row[]> {
  let group: Row[] = [];
  for await (const rows of batches) {
    group = group.length === 0 ? rows : group.concat(rows);
    if (group.length >= size) {
      yield group;
      group = [];
    }
  }
  if (group.length > 0) yield group;
}

export const exportFormats = {
  csv: { mediaType: 'text/csv; charset=utf-8', encode: csv as Encode },
  ndjson: { mediaType: 'application/x-ndjson; charset=utf-8', encode: ndjson as Encode },
  parquet: { mediaType: 'application/vnd.apache.parquet', encode: parquet as Encode },
} as const;

export type ExportFormat = keyof typeof exportFormats;
