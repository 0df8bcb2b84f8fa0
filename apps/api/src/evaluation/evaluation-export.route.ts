import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { Context } from '../context.js';
import { notFound, Refusal } from '../errors.js';
import type { RegisterRoutes } from '../server.js';
import { exportRows } from './evaluation-export.service.js';
import { findEvaluation } from './evaluation.service.js';

/** GET /exports/evaluations/<id>.csv: one row for each image and version, with the facts behind the statistics. */
export const evaluationExportRoutes: RegisterRoutes = (app, contextOf) => {
  app.get('/exports/evaluations/:id.csv', async (request, response) => {
    const context: Context = await contextOf(request);
    if (!context.isSignedIn) throw new Refusal('UNAUTHENTICATED', 'Sign in first.');
    const { id } = request.params;
    const evaluation = await findEvaluation(context.db, context.viewer, id);
    if (!evaluation) throw notFound('evaluation', id);
    response
      .set('Cache-Control', 'private, no-store')
      .attachment(`evaluation-${evaluation.inputsHash.slice(0, 8)}.csv`)
      .type('csv');
    await pipeline(
      exportRows(context.db, evaluation),
      // A cell that begins like a formula is no formula in a spreadsheet.
      stringify({ header: true, escape_formulas: true }),
      response,
    );
  });
};
