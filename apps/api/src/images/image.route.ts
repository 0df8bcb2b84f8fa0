import type { Express, Request, Response } from 'express';
import type { Context } from '../context.js';
import { notFound, Refusal } from '../errors.js';
import { type Derivative, derivativePath, pictureHeaders } from './image-bytes.service.js';
import { findImage, findReferenceMask } from './image.service.js';

type ContextOf = (request: Request) => Promise<Context>;

/** Photographs and drawn masks, by the same rules of access as GraphQL. */
export function registerImageRoutes(app: Express, contextOf: ContextOf) {
  app.get('/images/:id/display.jpg', async (request, response) => {
    await sendPhotograph(
      await signedIn(contextOf, request),
      'display',
      request.params.id,
      response,
    );
  });
  app.get('/images/:id/thumbnail.jpg', async (request, response) => {
    await sendPhotograph(
      await signedIn(contextOf, request),
      'thumbnails',
      request.params.id,
      response,
    );
  });
  app.get('/masks/reference/:id.png', async (request, response) => {
    const { db, viewer } = await signedIn(contextOf, request);
    const mask = await findReferenceMask(db, viewer, request.params.id);
    if (!mask) throw notFound('mask', request.params.id);
    response.set(pictureHeaders(mask.id)).type('png');
    if (request.fresh) response.status(304).end();
    else response.send(Buffer.from(mask.png));
  });
}

async function signedIn(contextOf: ContextOf, request: Request): Promise<Context> {
  const context = await contextOf(request);
  if (!context.isSignedIn) throw new Refusal('UNAUTHENTICATED', 'Sign in first.');
  return context;
}

async function sendPhotograph(
  { db, viewer, storage }: Context,
  derivative: Derivative,
  id: string,
  response: Response,
) {
  const image = await findImage(db, viewer, id);
  if (!image) throw notFound('image', id);
  const path = await derivativePath(storage, derivative, image.sha256);
  const headers = {
    ...pictureHeaders(`${derivative}-${image.sha256}`),
    'Content-Type': 'image/jpeg',
  };
  await new Promise<void>((resolve, reject) => {
    // The store may lie in a folder whose name begins with a dot.
    const options = {
      dotfiles: 'allow' as const,
      cacheControl: false,
      lastModified: false,
      headers,
    };
    response.sendFile(path, options, (error?: Error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
