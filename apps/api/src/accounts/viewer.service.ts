import type { IncomingHttpHeaders } from 'node:http';
import { fromNodeHeaders } from 'better-auth/node';
import type { Viewer } from '../context.js';
import type { Db } from '../db.js';
import { viewerOfToken } from './api-token.service.js';
import type { Authentication } from './authentication.js';

export const findViewer = (db: Db, viewer: Viewer) =>
  db.user.findUnique({
    where: { id: viewer.id },
    select: { id: true, name: true, email: true, isAdmin: true },
  });

/** Who sent these headers: a script by its token, a browser by its cookie, or nobody. */
export async function viewerOfHeaders(
  db: Db,
  authentication: Authentication,
  headers: IncomingHttpHeaders,
): Promise<Viewer | undefined> {
  const [scheme, secret] = (headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() === 'bearer' && secret) return viewerOfToken(db, secret);
  const session = await authentication.api.getSession({ headers: fromNodeHeaders(headers) });
  // Who made the password up knows it too: until it is replaced, its owner is nobody here.
  if (!session || session.user.passwordIsTemporary) return undefined;
  return { id: session.user.id, isAdmin: session.user.isAdmin, mayWrite: true };
}
