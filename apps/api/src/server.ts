import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import { ApolloArmor } from '@escape.tech/graphql-armor';
import { toNodeHandler } from 'better-auth/node';
import express, { type NextFunction, type Request, type Response } from 'express';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { createAuthentication } from './accounts/authentication.js';
import { viewerOfHeaders } from './accounts/viewer.service.js';
import type { Config } from './config.js';
import { type Context, type EngineServices, nobody, type Services } from './context.js';
import { Refusal, type RefusalCode, refusalStatus } from './errors.js';
import { registerImageRoutes } from './images/image.route.js';
import { predictedMaskRoutes } from './inference/prediction.route.js';
import { modelUploadRoutes } from './models/model-upload.route.js';
import { registerImportRoutes } from './imports/import.route.js';
import { evaluationExportRoutes } from './evaluation/evaluation-export.route.js';
import { exportRoutes } from './exports/export.route.js';
import { reportRoutes } from './reports/report.route.js';
import { createSchema } from './schema.js';

/** A route for bytes. `contextOf` gives the viewer for the same access rules as GraphQL. */
export type RegisterRoutes = (
  app: express.Express,
  contextOf: (request: Request) => Promise<Context>,
) => void;

const routes: RegisterRoutes[] = [
  registerImageRoutes,
  registerImportRoutes,
  modelUploadRoutes,
  predictedMaskRoutes,
  evaluationExportRoutes,
  exportRoutes,
  reportRoutes,
];

/** What a caller is told: the refusals in full, of anything else only a reference to the log. */
function publicError(
  services: Services,
  formatted: GraphQLFormattedError,
  thrown: unknown,
): GraphQLFormattedError {
  const original = unwrapResolverError(thrown);
  if (original instanceof Refusal) return formatted;
  const code = formatted.extensions?.['code'];
  const isCallersFault =
    code === 'GRAPHQL_PARSE_FAILED' ||
    code === 'GRAPHQL_VALIDATION_FAILED' ||
    code === 'BAD_USER_INPUT' ||
    code === 'BAD_REQUEST' ||
    code === 'OPERATION_RESOLUTION_FAILURE';
  if (isCallersFault || (thrown instanceof GraphQLError && !thrown.originalError)) {
    return { ...formatted, extensions: { code: 'INVALID_INPUT' } };
  }
  const reference = randomUUID().slice(0, 8);
  services.logger.error({ err: original, path: formatted.path, reference }, 'request failed');
  return {
    message: `Something went wrong on our side. Reference ${reference}.`,
    path: formatted.path,
    extensions: { code: 'INTERNAL', reference },
  };
}

const idleConnectionMs = 75_000;

/** Gives a refusal of the whole request its HTTP status; partial answers stay 200, as GraphQL has it. */
const httpStatus: ApolloServerPlugin<Context> = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse: ({ response }) => {
        const { body, http } = response;
        http.headers.set('cache-control', 'no-store');
        const code =
          body.kind === 'single' && !body.singleResult.data
            ? body.singleResult.errors?.[0]?.extensions?.['code']
            : undefined;
        if (code === 'UNAUTHENTICATED') http.status = refusalStatus.UNAUTHENTICATED;
        return Promise.resolve();
      },
    }),
};

function answerError(services: Services) {
  return (error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    if (error instanceof Refusal) {
      const status = refusalStatus[error.extensions['code'] as RefusalCode];
      response.status(status).json({ error: { message: error.message, ...error.extensions } });
      return;
    }
    const reference = randomUUID().slice(0, 8);
    services.logger.error({ err: error, reference }, 'request failed');
    response.status(500).json({
      error: {
        code: 'INTERNAL',
        message: `Something went wrong on our side. Reference ${reference}.`,
      },
    });
  };
}

/** Limits that keep one query from taking the server down; each is proved by a query that is refused. */
const armor = new ApolloArmor({
  // A fragment is a way of writing, not a level: what is nested is counted.
  maxDepth: { n: 12, flattenFragments: true },
  maxAliases: { n: 30 },
  maxDirectives: { n: 20 },
  // Counted by the parser itself, before anything is built.
  maxTokens: { enabled: false },
  costLimit: { enabled: false },
  // Names of fields are public: the schema is handed to every signed-in user.
  blockFieldSuggestion: { enabled: false },
});

/** Builds the HTTP server: GraphQL over HTTP and WebSocket, sign-in, and the routes for bytes. */
export async function createApiServer(
  services: Services & EngineServices,
  config: Config,
): Promise<Server> {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', 'loopback');
  const http = createServer(app);
  // Longer than any client keeps an idle connection (Node's own keep it 5 s). With equal times a proxy now
  // and then sends on a connection that is just being closed, and an image is lost.
  http.keepAliveTimeout = idleConnectionMs;
  const authentication = createAuthentication(services.db, config);
  const schema = createSchema();

  const contextOf = async (headers: Request['headers']): Promise<Context> => {
    const viewer = await viewerOfHeaders(services.db, authentication, headers);
    return {
      ...services,
      viewer: viewer ?? nobody,
      isSignedIn: viewer !== undefined,
      requestId: randomUUID(),
    };
  };

  const sockets = new WebSocketServer({ server: http, path: '/graphql' });
  const subscriptions = useServer(
    { schema, context: ({ extra }) => contextOf(extra.request.headers) },
    sockets,
  );

  const apollo = new ApolloServer<Context>({
    schema,
    validationRules: armor.protect().validationRules,
    parseOptions: { maxTokens: 4000 },
    introspection: true,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    plugins: [
      httpStatus,
      // It asks after every field, of which the curves of a comparison have fifty thousand, for hints
      // that no type gives.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer: http }),
      {
        serverWillStart: () =>
          Promise.resolve({
            drainServer: async () => {
              await subscriptions.dispose();
            },
          }),
      },
    ],
    formatError: (formatted, thrown) => publicError(services, formatted, thrown),
  });
  await apollo.start();

  app.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/ready', async (_request, response) => {
    await services.db.$queryRaw`SELECT 1`;
    response.json({ status: 'ready' });
  });
  app.all('/api/auth/{*path}', toNodeHandler(authentication));
  app.use(
    '/graphql',
    express.json({ limit: '1mb' }),
    expressMiddleware(apollo, { context: ({ req }) => contextOf(req.headers) }),
  );
  for (const register of routes) register(app, (request) => contextOf(request.headers));
  app.use(answerError(services));
  http.on('close', () => void apollo.stop());
  return http;
}
