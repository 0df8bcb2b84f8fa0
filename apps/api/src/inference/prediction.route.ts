import { notFound, Refusal } from '../errors.js';
import type { RegisterRoutes } from '../server.js';
import { findPredictedMaskPng } from './prediction.service.js';

/** GET /masks/predicted/<prediction id>.png: the mask as a 1-bit PNG at the image's own size. */
export const predictedMaskRoutes: RegisterRoutes = (app, contextOf) => {
  app.get('/masks/predicted/:predictionId.png', async (request, response) => {
    const { db, viewer, isSignedIn } = await contextOf(request);
    if (!isSignedIn) throw new Refusal('UNAUTHENTICATED', 'Sign in first.');
    const { predictionId } = request.params;
    const png = await findPredictedMaskPng(db, viewer, predictionId);
    if (!png) throw notFound('mask', predictionId);
    // A prediction never changes, but who may see it does: kept by the browser of who asked, and by nobody between.
    response.set('Cache-Control', 'private, max-age=31536000, immutable').type('png').send(png);
  });
};
