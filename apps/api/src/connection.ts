import { type ClassType, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { invalid } from './errors.js';

/** The most rows one page may have, whatever was asked for. */
export const maxPageSize = 200;

export enum SortDirection {
  ASC = 'ASC',
  DESC = 'DESC',
}
registerEnumType(SortDirection, { name: 'SortDirection' });

@ObjectType()
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage: boolean;

  @Field(() => String, { nullable: true, description: 'Pass it as `after` for the next page.' })
  endCursor?: string | null;
}

export interface Edge<Node> {
  cursor: string;
  node: Node;
}

/** A page of a list; the total is counted only when somebody asks for it. */
export interface Connection<Node> {
  edges: Edge<Node>[];
  pageInfo: PageInfo;
  countTotal: () => Promise<number>;
}

/** Declares `<Name>Edge` and `<Name>Connection` for a node type. */
export function connectionOf<Node extends object>(node: () => ClassType<Node>, name: string) {
  @ObjectType(`${name}Edge`)
  class NodeEdge {
    @Field(() => String)
    cursor: string;

    @Field(() => node())
    node: Node;
  }

  @ObjectType(`${name}Connection`)
  class NodeConnection {
    @Field(() => [NodeEdge])
    edges: Edge<Node>[];

    @Field(() => PageInfo)
    pageInfo: PageInfo;

    countTotal: () => Promise<number>;

    @Field(() => Int, { description: 'Counted only when asked for.' })
    totalCount(): Promise<number> {
      return this.countTotal();
    }
  }
  return NodeConnection;
}

/** Where a page begins: the sort values of the last row before it. */
export type CursorValues = (string | number | null)[];

export const encodeCursor = (values: CursorValues) =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

/** @throws INVALID_INPUT for a cursor that this API did not hand out for this sort. */
export function decodeCursor(cursor: string, length: number): CursorValues {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const isScalar = (value: unknown) =>
      value === null || typeof value === 'string' || typeof value === 'number';
    if (Array.isArray(values) && values.length === length && values.every(isScalar)) {
      return values;
    }
  } catch {
    // Falls through: whatever was wrong with it, it is not one of ours.
  }
  throw invalid('after', 'The cursor `after` does not belong to this list.');
}

/** @throws INVALID_INPUT when `first` is not from 1 to the hard maximum. */
export function pageSize(first: number): number {
  if (first < 1 || first > maxPageSize) {
    throw invalid('first', `A page has from 1 to ${maxPageSize} rows; ${first} were asked for.`);
  }
  return first;
}

/**
 * Cuts a page out of `first + 1` rows: the extra row tells whether there is a next page.
 *
 * @param values the sort values of a row, in the order of the list's ORDER BY, ending with its id
 */
export function toConnection<Row extends object>(
  rows: Row[],
  first: number,
  values: (row: Row) => CursorValues,
  countTotal: () => Promise<number>,
): Connection<Row> {
  const edges = rows.slice(0, first).map((node) => ({ cursor: encodeCursor(values(node)), node }));
  return {
    edges,
    pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null },
    countTotal,
  };
}
