/** What a cell may hold; null is an empty cell, never 0. */
export type Cell = string | number | boolean | null;

export type ColumnType = 'text' | 'integer' | 'double' | 'boolean';

/** Rows held column by column: a number of arrays instead of a multitude of objects. */
export type Columnar<Row> = { [Key in keyof Row]: readonly Row[Key][] };

/** One column of an export, once for all formats and for the data dictionary. */
export interface Column<Row> {
  name: string;
  type: ColumnType;
  /** Of the numbers; a dash where there is none. */
  unit: string;
  /** Which values occur. */
  range: string;
  /** What a value says, for somebody who sees the file alone. */
  meaning: string;
  /** When the cell is empty; absent for columns that are always filled. */
  emptyWhen?: string;
  /** The cells of a batch of rows, in their order. */
  cells: (batch: Columnar<Row>) => readonly Cell[];
}

/** A table that can be exported: its columns, and what one row stands for. */
export interface ExportTable<Row> {
  name: string;
  /** `one row for each …` */
  grain: string;
  columns: readonly Column<Row>[];
}

export type Described<Row> = Omit<Column<Row>, 'name' | 'cells' | 'type'> &
  Partial<Pick<Column<Row>, 'type'>>;

export const column = <Row>(
  name: string,
  cells: Column<Row>['cells'],
  { type = 'text', ...described }: Described<Row>,
): Column<Row> => ({ name, type, cells, ...described });

/** What the columns of the first row types have in every later one: rows that hold more can be read as well. */
export const columnsFor = <Row>(...columns: Column<Row>[]): readonly Column<Row>[] => columns;

/** Rows that are few and come as objects. All of them have the keys of the first. */
export const columnar = <Row extends object>(rows: readonly Row[]): Columnar<Row> =>
  Object.fromEntries(
    Object.keys(rows[0] ?? {}).map((key) => [key, rows.map((row) => row[key as keyof Row])]),
  ) as unknown as Columnar<Row>;
