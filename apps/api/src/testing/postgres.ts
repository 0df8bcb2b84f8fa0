import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { createDatabase, dropDatabase, startPostgres } from '../../../../tools/postgres.mjs';
import { prisma } from '../../../../tools/prisma.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** The maintenance database of the server that the tests run on. */
    serverUrl: string;
    /** A migrated, empty database to copy from. */
    templateName: string;
  }
}

/** Once for all test files: a real Postgres with one migrated database, which each file copies. */
export default async function setup(project: TestProject) {
  const folder = fileURLToPath(new URL('../../../../.lesionwise/test-postgres', import.meta.url));
  const server = await startPostgres(folder, { durable: false });
  const templateName = `template_${process.pid}`;
  const withName = (name: string) => server.url(name);
  await createDatabase(withName('postgres'), templateName);
  prisma(['migrate', 'deploy'], withName(templateName));
  project.provide('serverUrl', withName('postgres'));
  project.provide('templateName', templateName);
  return async () => {
    await dropDatabase(withName('postgres'), templateName);
    await server.stop();
  };
}
