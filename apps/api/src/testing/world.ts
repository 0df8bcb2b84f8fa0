import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { graphql, type GraphQLError, type GraphQLSchema, parse, subscribe } from 'graphql';
import { inject } from 'vitest';
import { createDatabase, dropDatabase } from '../../../../tools/postgres.mjs';
import type { RemoteAccess } from '@lesionwise/model';
import { type Context, nobody, type Viewer } from '../context.js';
import { type Database, openDatabase, type StudyRole } from '../db.js';
import { createLogger } from '../logger.js';
import { openQueue, type Queue } from '../queue.js';
import { createSchema } from '../schema.js';
import { Storage } from '../storage.js';

/** A real database, store and queue of one test file's own. */
export interface World {
  db: Database;
  databaseUrl: string;
  storage: Storage;
  queue: Queue;
  /** Every host may be asked, without a token. */
  engines: RemoteAccess;
  schema: GraphQLSchema;
  contextFor: (viewer: Viewer | undefined) => Context;
  /** Asks as the viewer; returns data and errors as a script would get them. */
  ask: (
    viewer: Viewer | undefined,
    source: string,
    variables?: Record<string, unknown>,
  ) => Promise<{
    data: Record<string, any>;
    codes: string[];
    messages: string[];
    errors: readonly GraphQLError[];
  }>;
  subscribeTo: (
    viewer: Viewer,
    source: string,
    variables?: Record<string, unknown>,
  ) => ReturnType<typeof subscribe>;
  admin: () => Promise<Viewer>;
  member: (studyId: string, role: StudyRole) => Promise<Viewer>;
  close: () => Promise<void>;
}

/** On the server that all tests share, unless another one is named. */
export async function createWorld({
  serverUrl = inject('serverUrl'),
  templateName = inject('templateName'),
} = {}): Promise<World> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await createDatabase(serverUrl, name, templateName);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const databaseUrl = url.href;

  const db = openDatabase(databaseUrl, { connections: 5 });
  const logger = createLogger('test', 'silent');
  const queue = await openQueue(databaseUrl, logger);
  const folder = await mkdtemp(join(tmpdir(), 'lesionwise-test-'));
  const storage = new Storage(folder);
  const schema = createSchema();
  const engines: RemoteAccess = { allowedHosts: undefined, tokenOf: () => undefined };

  const contextFor = (viewer: Viewer | undefined): Context => ({
    db,
    queue,
    storage,
    logger,
    engines,
    viewer: viewer ?? nobody,
    isSignedIn: viewer !== undefined,
    requestId: randomUUID(),
  });
  const createUser = (isAdmin: boolean) =>
    db.user.create({
      data: { name: 'Test person', email: `${randomUUID()}@example.org`, isAdmin },
    });

  return {
    db,
    databaseUrl,
    storage,
    queue,
    engines,
    schema,
    contextFor,
    async ask(viewer, source, variables) {
      const { data, errors = [] } = await graphql({
        schema,
        source,
        variableValues: variables ?? {},
        contextValue: contextFor(viewer),
      });
      return {
        data: data ?? {},
        codes: errors.map(
          (error) => (error.extensions['code'] as string | undefined) ?? 'INTERNAL',
        ),
        messages: errors.map((error) => error.message),
        errors,
      };
    },
    subscribeTo: (viewer, source, variables) =>
      subscribe({
        schema,
        document: parse(source),
        variableValues: variables ?? {},
        contextValue: contextFor(viewer),
      }),
    async admin() {
      const { id } = await createUser(true);
      return { id, isAdmin: true, mayWrite: true };
    },
    async member(studyId, role) {
      const { id } = await createUser(false);
      await db.studyMember.create({ data: { studyId, userId: id, role } });
      return { id, isAdmin: false, mayWrite: true };
    },
    async close() {
      await queue.stop();
      await db.$disconnect();
      await dropDatabase(serverUrl, name);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
