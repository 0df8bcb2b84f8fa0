/** What a cell may hold; null is an empty cell, never 0. */
export type Cell = string | number | boolean | null;

export type ColumnType = 'text' | 'integer' | 'double' | 'boolean';

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
  read: (row: Row) => Cell;
}

/** A table that can be exported: its columns, and what one row stands for. */
export interface ExportTable<Row> {
  name: string;
  /** `one row for each …` */
  grain: string;
  columns: readonly Column<Row>[];
}

export type Described<Row> = Omit<Column<Row>, 'name' | 'read' | 'type'> &
  Partial<Pick<Column<Row>, 'type'>>;

/** The column that shows what the row holds under `key`. */
export const column = <Row>(
  name: string,
  read: (row: Row) => Cell,
  { type = 'text', ...described }: Described<Row>,
): Column<Row> => ({ name, type, read, ...described });

/** What the columns of the first row types have in every later one: rows that hold more can be read as well. */
export const columnsFor = <Row>(...columns: Column<Row>[]): readonly Column<Row>[] => columns;
