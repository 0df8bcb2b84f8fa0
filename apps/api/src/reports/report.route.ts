import type { Express, Request, Response } from 'express';
import type { Context } from '../context.js';
import { Refusal } from '../errors.js';
import { reportHtml } from './report-html.js';
import { reportPdf } from './report-pdf.js';
import { findReportFacts } from './report-facts.service.js';
import { writeReport } from './report-sections.js';
import type { Report } from './report.js';

type ContextOf = (request: Request) => Promise<Context>;

/** GET /reports/evaluations/<id>.html and .pdf: the study report, by the same rules of access as GraphQL. */
export function reportRoutes(app: Express, contextOf: ContextOf) {
  const reportFor = async (
    request: Request,
    response: Response,
    { id, ending }: { id: string; ending: string },
  ): Promise<Report> => {
    const { db, viewer, isSignedIn } = await contextOf(request);
    if (!isSignedIn) throw new Refusal('UNAUTHENTICATED', 'Sign in first.');
    const known = await findReportFacts(db, viewer, id);
    const name = `report-${known.study.slug}-${known.snapshot.code}`;
    response.set({
      'Cache-Control': 'private, no-store',
      // Texts of a study are shown in it; none of them may run or fetch anything.
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Content-Disposition': `inline; filename="${name}.${ending}"`,
    });
    return writeReport(known);
  };
  app.get('/reports/evaluations/:id.html', async (request, response) => {
    const { id } = request.params;
    const report = await reportFor(request, response, { id, ending: 'html' });
    response.type('html').send(reportHtml(report));
  });
  app.get('/reports/evaluations/:id.pdf', async (request, response) => {
    const { id } = request.params;
    const report = await reportFor(request, response, { id, ending: 'pdf' });
    response.type('pdf').send(await reportPdf(report));
  });
}
