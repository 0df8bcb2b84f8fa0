import { EvaluationNumbers } from './evaluation.query.js';
import type { EvaluationNumbersQuery, TypedDocumentString } from './gql/graphql.js';
import { Snapshots } from './snapshots.query.js';

export interface ClientOptions {
  /** Address of the server, such as `https://lesionwise.example.org`. */
  url: string;
  /** An API token; scope READ suffices for everything here but mutations. */
  token: string;
}

/** What the server refused, with its code (`NOT_FOUND`, `FORBIDDEN`, …) and the field at fault. */
export class LesionwiseError extends Error {
  constructor(
    message: string,
    readonly code: string,
    readonly field?: string,
  ) {
    super(message);
    this.name = 'LesionwiseError';
  }
}

/** A cell of an export; null is a value that does not exist. */
export type Cell = string | number | boolean | null;
export type Row = Record<string, Cell>;

export type Evaluation = NonNullable<EvaluationNumbersQuery['evaluation']>;

export interface Client {
  /** Asks any typed question: one of this package, or one of yours as `graphql()` makes it. */
  query: <Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
  ) => Promise<Result>;
  /** A frozen evaluation with the AUC and the mean Jaccard of its versions; undefined when absent. */
  evaluation: (id: string) => Promise<Evaluation | undefined>;
  /** The snapshots of a study, by cohort. */
  snapshots: (slug: string) => Promise<{ id: string; code: string; cohort: string }[]>;
  /** The facts behind an evaluation: a row for each image and version, one at a time. */
  predictions: (evaluationId: string) => AsyncGenerator<Row>;
  /** Every number of an evaluation: a row each. */
  estimates: (evaluationId: string) => AsyncGenerator<Row>;
  /** Any export: `/exports/snapshots/<id>/references` and the others of the API guide. */
  rows: (path: string) => AsyncGenerator<Row>;
}

/** @throws LesionwiseError from every call that the server refuses */
export function createClient({ url, token }: ClientOptions): Client {
  const address = url.replace(/\/+$/, '');
  const authorization = `Bearer ${token}`;

  const query: Client['query'] = async (document, variables) => {
    const answer = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ query: document.toString(), variables }),
    });
    const { data, errors = [] } = (await answer.json()) as GraphqlAnswer;
    const [fault] = errors;
    if (fault) throw refusal(fault.message, fault.extensions);
    return data as never;
  };

  async function* rows(path: string): AsyncGenerator<Row> {
    const answer = await fetch(`${address}${path}.ndjson`, { headers: { authorization } });
    if (!answer.ok || !answer.body) {
      const { error } = (await answer.json()) as { error: { message: string } & Extensions };
      throw refusal(error.message, error);
    }
    yield* parsedLines(answer.body);
  }

  return {
    query,
    rows,
    evaluation: async (id) => (await query(EvaluationNumbers, { id })).evaluation ?? undefined,
    snapshots: async (slug) =>
      (await query(Snapshots, { slug })).study?.cohorts.flatMap((cohort) =>
        cohort.snapshots.map(({ id, code }) => ({ id, code, cohort: cohort.name })),
      ) ?? [],
    predictions: (id) => rows(`/exports/evaluations/${id}/predictions`),
    estimates: (id) => rows(`/exports/evaluations/${id}/estimates`),
  };
}

interface Extensions {
  code?: string;
  field?: string;
}
interface GraphqlAnswer {
  data?: unknown;
  errors?: { message: string; extensions?: Extensions }[];
}

const refusal = (message: string, { code = 'INTERNAL', field }: Extensions = {}) =>
  new LesionwiseError(message, code, field);

/** One object for each line, without ever holding more than a piece of the file. */
async function* parsedLines(body: ReadableStream<Uint8Array>): AsyncGenerator<Row> {
  let rest = '';
  for await (const piece of body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as Row;
  }
  if (rest !== '') throw new Error('The download was cut: its last line is not whole.');
}
