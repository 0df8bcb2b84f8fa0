import { z } from 'zod';
import { RemoteEngineError } from './remote-engine-error.js';

/** The only variables an endpoint may name: none that holds a secret of ours can be sent to a stranger. */
export const TOKEN_VARIABLE = /^LESIONWISE_REMOTE_TOKEN_[A-Z0-9_]{1,60}$/;
/** As Triton and KServe allow them; none of these characters means anything in a path. */
const SERVED_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;

const address = z
  .string()
  .max(500)
  .transform((given, context) => {
    const url = URL.parse(given);
    const fault = !url
      ? 'must be an address such as http://triton.example.org:8000'
      : faultOfAddress(url);
    if (url && fault === undefined) return url.origin + url.pathname.replace(/\/+$/, '');
    context.addIssue({ code: 'custom', message: fault ?? 'is no address' });
    return z.NEVER;
  });

/** In words that do not repeat the address: it may hold a password. */
function faultOfAddress(url: URL): string | undefined {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'must begin with http or https';
  if (url.username || url.password) {
    return 'must hold no user name and no password; name a variable with a token instead';
  }
  if (url.search || url.hash) return 'must end before any ? or #';
  return undefined;
}

/** Where a version is served by Open Inference Protocol v2 over HTTP, and how it may be asked. */
export const remoteEndpointSchema = z.strictObject({
  /** Up to and without `/v2`. */
  url: address,
  /** The name under which the engine serves it. */
  model: z.string().regex(SERVED_NAME, 'must be letters, digits and . _ -'),
  /** The engine's own version of it, such as `1`; where absent, the one it serves when registered. */
  version: z.string().regex(SERVED_NAME, 'must be letters, digits and . _ -').optional(),
  /** The environment variable that holds a bearer token; never the token. */
  tokenVariable: z
    .string()
    .regex(TOKEN_VARIABLE, 'must be LESIONWISE_REMOTE_TOKEN_ and capital letters, digits or _')
    .optional(),
  connectTimeoutMs: z.int().min(50).max(60_000).default(2_000),
  /** From the question to the last byte of the answer. */
  answerTimeoutMs: z.int().min(50).max(600_000).default(30_000),
  /** Questions under way at once, for each worker process. */
  concurrency: z.int().min(1).max(64).default(2),
  /** Images in one question; the engine's own limit holds as well. */
  maxBatch: z.int().min(1).max(1024).default(16),
});

export type RemoteEndpoint = z.infer<typeof remoteEndpointSchema>;
/** With everything that has a default left out. */
export type RemoteEndpointInput = z.input<typeof remoteEndpointSchema>;

/** The endpoint, once it is known to be one; throws RemoteEngineError `ENDPOINT_INVALID` naming the field. */
export function parseEndpoint(given: unknown): RemoteEndpoint {
  const parsed = remoteEndpointSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') ?? '';
  throw new RemoteEngineError('ENDPOINT_INVALID', `${field}: ${issue?.message ?? 'is missing'}`, {
    where: field,
  });
}
