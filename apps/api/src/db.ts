import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from './generated/prisma/client.js';

export { Prisma };
export * from './generated/prisma/enums.js';
export type * from './generated/prisma/models.js';

export type Database = PrismaClient;
/** The client or a transaction of it: whoever calls decides what is one unit of work. */
export type Db = Database | Prisma.TransactionClient;

/** Opens a pool of connections; `$disconnect` closes it. */
export function openDatabase(url: string, { connections = 10 } = {}): Database {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: connections }) });
}

/** Runs `work` in one transaction, whether or not `db` is one already. */
export function inTransaction<T>(
  db: Db,
  work: (tx: Prisma.TransactionClient) => Promise<T>,
  { timeoutMs = 30_000 } = {},
): Promise<T> {
  return '$transaction' in db
    ? db.$transaction(work, { timeout: timeoutMs, maxWait: 10_000 })
    : work(db);
}
