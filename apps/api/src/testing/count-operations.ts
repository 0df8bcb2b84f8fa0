import { graphql } from 'graphql';
import type { Viewer } from '../context.js';
import type { Database } from '../db.js';
import type { World } from './world.js';

/** How many times one GraphQL request goes to the database. */
export async function countOperations(
  world: World,
  viewer: Viewer,
  source: string,
  variables: Record<string, unknown> = {},
): Promise<number> {
  let operations = 0;
  const counting = world.db.$extends({
    query: {
      $allOperations({ args, query }) {
        operations += 1;
        return query(args) as Promise<unknown>;
      },
    },
  });
  const { errors } = await graphql({
    schema: world.schema,
    source,
    variableValues: variables,
    contextValue: { ...world.contextFor(viewer), db: counting as unknown as Database },
  });
  if (errors) throw new AggregateError(errors, 'the request failed');
  return operations;
}
