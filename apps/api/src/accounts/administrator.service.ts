import type { Database } from '../db.js';
import { invalid } from '../errors.js';
import { type Authentication, shortestPassword } from './authentication.js';

export interface NewAdministrator {
  email: string;
  name: string;
  password: string;
}

/**
 * An account with a password that administers the instance. For an address that has an account
 * already, only the right is given: a password is never replaced this way.
 */
export async function createAdministrator(
  db: Database,
  authentication: Authentication,
  { email, name, password }: NewAdministrator,
) {
  const address = email.trim().toLowerCase();
  if (!/^\S+@\S+$/.test(address)) throw invalid('email', 'This is not an e-mail address.');
  if (password.length < shortestPassword) {
    throw invalid('password', `A password has at least ${shortestPassword} characters.`);
  }
  const { count } = await db.user.updateMany({
    where: { email: address },
    data: { isAdmin: true },
  });
  if (count > 0) return db.user.findUniqueOrThrow({ where: { email: address } });

  const hashed = await (await authentication.$context).password.hash(password);
  return db.$transaction(async (tx) => {
    const user = await tx.user.create({
      data: { email: address, name, emailVerified: true, isAdmin: true },
    });
    // Better-auth finds the password under the user's own id.
    await tx.account.create({
      data: { userId: user.id, accountId: user.id, providerId: 'credential', password: hashed },
    });
    return user;
  });
}
