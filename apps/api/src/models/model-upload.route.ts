import { requireInAnyStudy } from '../access.js';
import { Refusal } from '../errors.js';
import type { RegisterRoutes } from '../server.js';
import {
  largestFileBytes,
  receivePackageFile,
  tooLarge,
  uploadFolder,
} from './model-upload.service.js';

/** PUT /model-uploads/<uploadId>/<file name>: one file of a package, as the request's body. */
export const modelUploadRoutes: RegisterRoutes = (app, contextOf) => {
  app.put('/model-uploads/:uploadId/:file', async (request, response) => {
    const { db, storage, viewer, isSignedIn } = await contextOf(request);
    if (!isSignedIn) throw new Refusal('UNAUTHENTICATED', 'Sign in first.');
    if (!viewer.mayWrite) {
      throw new Refusal('FORBIDDEN', 'This token may read only; create one of scope WRITE.');
    }
    await requireInAnyStudy(db, viewer, 'registerModels');
    // Said before the bytes come: a refusal in their middle would reach the sender as a broken connection.
    if (Number(request.headers['content-length'] ?? 0) > largestFileBytes) throw tooLarge();
    const { uploadId, file } = request.params;
    await receivePackageFile(uploadFolder(storage, viewer, uploadId), file, request);
    response.status(204).end();
  });
};
