import type { Express, Request } from 'express';
import type { Context } from '../context.js';
import { notFound, Refusal } from '../errors.js';
import { addStagedFile, findImport, importToChange } from './import.service.js';
import { checkedPath, listStaged, receiveFile } from './staging.service.js';

type ContextOf = (request: Request) => Promise<Context>;

/** Uploads of an import's files, one request each, so that a broken one is repeated alone. */
export function registerImportRoutes(app: Express, contextOf: ContextOf) {
  app.get('/imports/:id/files', async (request, response) => {
    const { db, viewer, storage } = await signedIn(contextOf, request);
    const { id } = request.params;
    if (!(await findImport(db, viewer, id))) throw notFound('import', id);
    response.set('Cache-Control', 'no-store').json(await listStaged(storage, id));
  });

  app.put('/imports/:id/files/*path', async (request, response) => {
    const { db, viewer, storage } = await signedIn(contextOf, request);
    if (!viewer.mayWrite) {
      throw new Refusal('FORBIDDEN', 'This token may read only; create one of scope WRITE.');
    }
    const { id } = await importToChange(db, viewer, request.params.id);
    const path = checkedPath(request.params.path);
    const length = request.headers['content-length'];
    const upload = { path, body: request, declaredBytes: length ? Number(length) : undefined };
    await receiveFile(storage, id, upload, (put) => addStagedFile(db, id, put));
    response.status(204).end();
  });
}

async function signedIn(contextOf: ContextOf, request: Request): Promise<Context> {
  const context = await contextOf(request);
  if (!context.isSignedIn) throw new Refusal('UNAUTHENTICATED', 'Sign in first.');
  return context;
}
