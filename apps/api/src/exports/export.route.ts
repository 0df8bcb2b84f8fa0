import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Express, Request, Response } from 'express';
import type { GraphQLSchema } from 'graphql';
import type { Context, Viewer } from '../context.js';
import type { Db } from '../db.js';
import { invalid, Refusal } from '../errors.js';
import { createSchema } from '../schema.js';
import { dictionaryCsv, dictionaryJson, dictionaryMarkdown } from './data-dictionary.js';
import { estimatesTable } from './estimates-table.js';
import { type Columnar, columnar, type ExportTable } from './export-column.js';
import {
  asComparisonInput,
  comparedPositions,
  comparisonRows,
  estimateRows,
  findComparisonSource,
  findEvaluationSource,
} from './export-estimates.service.js';
import { type ExportFormat, exportFormats } from './export-formats.js';
import {
  type ExportSource,
  findExportSource,
  predictionRows,
  referenceRows,
} from './export-rows.service.js';
import { agreementsTable, predictionsTable, referencesTable } from './export-tables.js';

type ContextOf = (request: Request) => Promise<Context>;

/** Files of facts and of what their columns mean, by the same rules of access as GraphQL. */
export function exportRoutes(app: Express, contextOf: ContextOf) {
  for (const format of Object.keys(exportFormats) as ExportFormat[]) {
    serveTable(app, contextOf, format, predictionsTable, predictionRows);
    serveTable(app, contextOf, format, agreementsTable, predictionRows);
    serveTable(app, contextOf, format, referencesTable, referenceRows);
    serveEvaluation(app, contextOf, format);
    serveComparison(app, contextOf, format);
  }
  const dictionaries = { json: dictionaryJson, csv: dictionaryCsv, md: dictionaryMarkdown };
  for (const [ending, text] of Object.entries(dictionaries)) {
    app.get(`/exports/dictionary.${ending}`, async (request, response) => {
      await signedIn(contextOf, request);
      response.type(ending).send(text());
    });
  }
}

async function signedIn(contextOf: ContextOf, request: Request): Promise<Context> {
  const context = await contextOf(request);
  if (!context.isSignedIn) throw new Refusal('UNAUTHENTICATED', 'Sign in first.');
  return context;
}

/** GET /exports/snapshots/<id>/<table>.<format>?versions=<id>,<id> */
function serveTable<Row>(
  app: Express,
  contextOf: ContextOf,
  format: ExportFormat,
  table: ExportTable<Row>,
  rowsOf: (db: Db, viewer: Viewer, source: ExportSource) => AsyncIterable<Columnar<Row>>,
) {
  app.get(`/exports/snapshots/:id/${table.name}.${format}`, async (request, response) => {
    const context = await signedIn(contextOf, request);
    const { db, viewer } = context;
    const source = await findExportSource(db, viewer, {
      snapshotId: request.params['id'],
      versionIds: versionIdsOf(request),
    });
    const rows = rowsOf(db, viewer, source);
    await send(context, response, { format, table, rows, code: source.code });
  });
}

/** GET /exports/evaluations/<id>/predictions.<format>, and its numbers as estimates.<format>. */
function serveEvaluation(app: Express, contextOf: ContextOf, format: ExportFormat) {
  const folder = '/exports/evaluations/:id';
  app.get(`${folder}/${predictionsTable.name}.${format}`, async (request, response) => {
    const context = await signedIn(contextOf, request);
    const { db, viewer } = context;
    const { evaluation, source } = await findEvaluationSource(db, viewer, request.params['id']);
    const positions = comparedPositions(evaluation.comparison, source);
    const rows = predictionRows(db, viewer, source, positions);
    await send(context, response, { format, table: predictionsTable, rows, code: source.code });
  });
  app.get(`${folder}/${estimatesTable.name}.${format}`, async (request, response) => {
    const context = await signedIn(contextOf, request);
    const { id } = request.params;
    const { evaluation, source } = await findEvaluationSource(context.db, context.viewer, id);
    const rows = oneBatch(estimateRows(evaluation, source));
    await send(context, response, { format, table: estimatesTable, rows, code: source.code });
  });
}

/** Built when first asked for: the checking of questions is the only thing it serves here. */
let schema: GraphQLSchema | undefined;

/** GET /exports/comparisons/predictions.<format>?input=<ComparisonInput as JSON>, and likewise estimates. */
function serveComparison(app: Express, contextOf: ContextOf, format: ExportFormat) {
  const folder = '/exports/comparisons';
  const compared = async (request: Request) => {
    const context = await signedIn(contextOf, request);
    schema ??= createSchema();
    const input = asComparisonInput(schema, request.query['input']);
    return { context, ...(await findComparisonSource(context, context.viewer, input)) };
  };
  app.get(`${folder}/${predictionsTable.name}.${format}`, async (request, response) => {
    const { context, comparison, source } = await compared(request);
    const positions = comparedPositions(comparison, source);
    const rows = predictionRows(context.db, context.viewer, source, positions);
    await send(context, response, { format, table: predictionsTable, rows, code: source.code });
  });
  app.get(`${folder}/${estimatesTable.name}.${format}`, async (request, response) => {
    const { context, comparison, source } = await compared(request);
    const rows = oneBatch(comparisonRows(comparison, source));
    await send(context, response, { format, table: estimatesTable, rows, code: source.code });
  });
}

const oneBatch = <Row extends object>(rows: Row[]): AsyncIterable<Columnar<Row>> =>
  Readable.from(rows.length > 0 ? [columnar(rows)] : []);

/** Absent when none was named. */
function versionIdsOf({ query }: Request): string[] | undefined {
  const { versions } = query;
  if (versions === undefined) return undefined;
  if (typeof versions !== 'string' || versions === '') {
    throw invalid('versions', 'Give the ids of model versions once, separated by commas.');
  }
  return versions.split(',');
}

interface Sent<Row> {
  format: ExportFormat;
  table: ExportTable<Row>;
  rows: AsyncIterable<Columnar<Row>>;
  code: string;
}

async function send<Row>(
  { logger }: Context,
  response: Response,
  { format, table, rows, code }: Sent<Row>,
) {
  const { mediaType, encode } = exportFormats[format];
  response
    .set({ 'Cache-Control': 'private, no-store', 'Content-Type': mediaType })
    .set('Content-Disposition', `attachment; filename="${table.name}-${code}.${format}"`);
  try {
    await pipeline(encode(table, rows), response);
  } catch (error) {
    // The head is out, so that no answer can be given any more: the cut connection tells the client that
    // the file is not whole. Of who hung up, and of a refusal midway, there is nothing to report.
    const isExpected =
      error instanceof Refusal ||
      (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE';
    if (!isExpected) logger.error({ err: error, table: table.name, format }, 'export failed');
  }
}
