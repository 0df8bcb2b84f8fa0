import { randomUUID } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import type { Config } from '../config.js';
import type { Database } from '../db.js';

/** Shortest password that is taken (NIST SP 800-63B asks for at least 8). */
export const shortestPassword = 12;

/**
 * Sign-in by e-mail and password with sessions in Postgres. Nobody signs up by themselves: accounts
 * are made on the server (`npm run create-admin`).
 */
export const createAuthentication = (db: Database, config: Config) =>
  betterAuth({
    appName: 'Lesionwise',
    baseURL: config.publicUrl,
    basePath: '/api/auth',
    secret: config.secret,
    database: prismaAdapter(db, { provider: 'postgresql' }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
    },
    user: { additionalFields: { isAdmin: { type: 'boolean', input: false, defaultValue: false } } },
    session: { expiresIn: 7 * 24 * 3600, updateAge: 24 * 3600 },
    advanced: {
      cookiePrefix: 'lesionwise',
      database: { generateId: () => randomUUID() },
    },
    trustedOrigins: [config.publicUrl],
    rateLimit: { enabled: true },
    telemetry: { enabled: false },
    // Its own lines would carry e-mail addresses.
    logger: { disabled: true },
  });

export type Authentication = ReturnType<typeof createAuthentication>;
