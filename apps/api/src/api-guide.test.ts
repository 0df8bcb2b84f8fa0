import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  validate,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from './context.js';
import { createSchema } from './schema.js';
import { serve, type Served } from './testing/serve.js';
import { createWorld, type World } from './testing/world.js';

const guide = readFileSync(
  fileURLToPath(new URL('../../../docs/api-guide.md', import.meta.url)),
  'utf8',
);
const blocks = [...guide.matchAll(/```graphql\n([^`]*)```/g)].map(([, text]) => text!);
/** Each operation by itself, with an id wherever the guide leaves one to the reader. */
const operations = blocks
  .flatMap((text) => parse(text.replaceAll('"…"', () => `"${randomUUID()}"`)).definitions)
  .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
const documentOf = (operation: OperationDefinitionNode): DocumentNode => ({
  kind: Kind.DOCUMENT,
  definitions: [operation],
});
const firstLine = (operation: OperationDefinitionNode) =>
  print(operation).split('\n').slice(0, 2).join(' ').slice(0, 80);

describe('the examples of the API guide', () => {
  let world: World;
  let served: Served;
  let admin: Viewer;

  beforeAll(async () => {
    world = await createWorld();
    served = await serve(world);
    admin = await world.admin();
    await world.db.study.create({ data: { name: 'Example', slug: 'example' } });
  });
  afterAll(async () => {
    await served.close();
    await world.close();
  });

  it('are there', () => {
    expect(operations.length).toBeGreaterThanOrEqual(7);
  });

  it.each(operations.map((operation) => [firstLine(operation), operation] as const))(
    'is a question of this schema: %s',
    (_, operation) => {
      const faults = validate(createSchema(), documentOf(operation));
      expect(faults.map(({ message }) => message)).toEqual([]);
    },
  );

  it.each(
    operations
      .filter(({ operation }) => operation !== OperationTypeNode.SUBSCRIPTION)
      .map((operation) => [firstLine(operation), operation] as const),
  )(
    'is answered by a live server, or refused for its made-up ids alone: %s',
    async (_, operation) => {
      const variables = Object.fromEntries(
        (operation.variableDefinitions ?? []).flatMap(({ type, variable }) => {
          if (type.kind !== Kind.NON_NULL_TYPE) return [];
          const id = randomUUID();
          return [[variable.name.value, type.type.kind === Kind.LIST_TYPE ? [id] : id]];
        }),
      );
      const answer = await served.fetchAs(admin, '/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: print(operation), variables }),
      });
      const { errors = [] } = (await answer.json()) as {
        errors?: {
          message: string;
          extensions: { code: string; checks?: { name: string; passed: boolean }[] };
        }[];
      };
      const others = errors.filter(({ extensions }) => extensions.code !== 'NOT_FOUND');
      // The guide's engine is nobody's: all is well with the question until the engine is asked.
      const missed = others.flatMap(({ extensions: { checks = [] } }) =>
        checks.filter(({ passed }) => !passed),
      );
      if (missed.length > 0) expect(missed.map(({ name }) => name)).toEqual(['ready']);
      else expect(others).toEqual([]);
    },
  );
});
