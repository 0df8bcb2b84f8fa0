import { defineConfig } from 'prisma/config';

// `env('DATABASE_URL')` of Prisma throws when the variable is unset, even for `generate`, which needs no database.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://unset:unset@127.0.0.1:1/unset' },
});
