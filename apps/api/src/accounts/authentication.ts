import { randomUUID } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import type { Config } from '../config.js';
import type { Database } from '../db.js';

/** Shortest password that is taken (NIST SP 800-63B asks for at least 8). */
export const shortestPassword = 12;

const changePath = '/change-password';

/** A temporary password that is "changed" to itself is still known to who made it up. */
const refuseSamePassword = createAuthMiddleware(async ({ path, body }) => {
  const { currentPassword, newPassword } = (body ?? {}) as Record<string, unknown>;
  if (path === changePath && currentPassword === newPassword) {
    await Promise.reject(
      new APIError('BAD_REQUEST', {
        code: 'SAME_PASSWORD',
        message: 'Choose another password than the present one.',
      }),
    );
  }
});

/** Whoever has chosen a password of their own may from now on see what is theirs. */
const keepOwnPassword = (db: Database) =>
  createAuthMiddleware(async ({ path, context: { returned } }) => {
    if (path !== changePath || !hasUser(returned)) return;
    await db.user.update({
      where: { id: returned.user.id },
      data: { passwordIsTemporary: false },
    });
  });

const hasUser = (answer: unknown): answer is { user: { id: string } } =>
  typeof answer === 'object' && answer !== null && 'user' in answer;

/**
 * Sign-in by e-mail and password with sessions in Postgres. Nobody signs up by themselves: accounts
 * are made by administrators, with a password that its owner must replace before anything else.
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
    user: {
      additionalFields: {
        isAdmin: { type: 'boolean', input: false, defaultValue: false },
        passwordIsTemporary: { type: 'boolean', input: false, defaultValue: false },
      },
    },
    hooks: { before: refuseSamePassword, after: keepOwnPassword(db) },
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
