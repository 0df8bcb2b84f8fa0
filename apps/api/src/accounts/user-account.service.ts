import { randomInt } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import { administersInstance } from '../access.js';
import type { Viewer } from '../context.js';
import { type Db, inTransaction, Prisma } from '../db.js';
import { conflict, invalid, notFound, Refusal } from '../errors.js';
import type { CreateUserInput } from './create-user.input.js';

const longestName = 120;
/** Without the letters and digits that are taken for one another when read aloud or from paper. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
/** Twenty of 31 signs: 99 bits, which nobody guesses before it is replaced. */
const passwordGroups = { count: 4, length: 5 };

/**
 * Makes an account with a password that is in the answer and nowhere else. Until its owner has chosen
 * one of their own, signing in with it opens nothing but that choice.
 *
 * @throws FORBIDDEN unless the viewer is an administrator; CONFLICT when the address has an account
 */
export async function createUser(db: Db, viewer: Viewer, input: CreateUserInput) {
  requireAdministrator(viewer);
  const name = input.name.trim();
  if (!name || name.length > longestName) {
    throw invalid('name', `A person has a name of 1 to ${longestName} characters.`);
  }
  const email = addressOf(input.email);
  const oneTimePassword = createPassword();
  const password = await hashPassword(oneTimePassword);
  try {
    const user = await inTransaction(db, async (tx) => {
      const created = await tx.user.create({
        data: { name, email, emailVerified: true, passwordIsTemporary: true },
      });
      // Better-auth finds the password under the user's own id.
      await tx.account.create({
        data: { userId: created.id, accountId: created.id, providerId: 'credential', password },
      });
      return created;
    });
    return { user, email, oneTimePassword };
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
      throw conflict('This address has an account already.', { field: 'email' });
    }
    throw error;
  }
}

/** For who has forgotten theirs: a new one-time password. Whoever is signed in as them is signed out. */
export async function replacePassword(db: Db, viewer: Viewer, email: string) {
  requireAdministrator(viewer);
  const address = addressOf(email);
  const oneTimePassword = createPassword();
  const password = await hashPassword(oneTimePassword);
  return inTransaction(db, async (tx) => {
    const user = await tx.user.findUnique({ where: { email: address } });
    if (!user) throw notFound('account', address);
    await tx.account.deleteMany({ where: { userId: user.id, providerId: 'credential' } });
    await tx.account.create({
      data: { userId: user.id, accountId: user.id, providerId: 'credential', password },
    });
    await tx.session.deleteMany({ where: { userId: user.id } });
    await tx.user.update({ where: { id: user.id }, data: { passwordIsTemporary: true } });
    return { user, email: address, oneTimePassword };
  });
}

function requireAdministrator(viewer: Viewer) {
  if (!administersInstance(viewer)) {
    throw new Refusal('FORBIDDEN', 'Only an administrator may make accounts.');
  }
}

/** Addresses are kept and looked for in small letters. */
export function addressOf(email: string): string {
  const address = email.trim().toLowerCase();
  if (!/^[^\s@]+@[^\s@]+$/.test(address) || address.length > 254) {
    throw invalid('email', 'This is not an e-mail address.');
  }
  return address;
}

const createPassword = () =>
  Array.from({ length: passwordGroups.count }, () =>
    Array.from({ length: passwordGroups.length }, () => alphabet[randomInt(alphabet.length)]).join(
      '',
    ),
  ).join('-');
