import type { Viewer } from '../context.js';
import type { Db } from '../db.js';
import { Refusal } from '../errors.js';

/**
 * For whom a command on the server's own machine acts: the account with this address, or the first
 * administrator. Whoever can run commands there holds the database's password anyway.
 */
export async function actingAdministrator(db: Db, email?: string): Promise<Viewer> {
  const user = await db.user.findFirst({
    where: email === undefined ? { isAdmin: true } : { email: email.trim().toLowerCase() },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  if (!user) {
    throw new Refusal(
      'NOT_FOUND',
      email === undefined
        ? 'There is no administrator yet: npm run create-admin.'
        : 'There is no account with this address.',
    );
  }
  return { id: user.id, isAdmin: user.isAdmin, mayWrite: true };
}
