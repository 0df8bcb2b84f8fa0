// Puts each generated document in the place of its graphql(`…`). Without it every page would carry all
// documents of the application: the table by which graphql() finds them at run time, or the one module in
// which they are generated.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const generated = fileURLToPath(new URL('./src/gql/graphql.ts', import.meta.url));
const call = /graphql\(\s*`\s*(query|mutation|subscription|fragment)\s+(\w+)[^`]*`,?\s*\)/g;
const written = /^export const (\w+) = (\{.*\}) as unknown as DocumentNode</gm;

/**
 * @this {{ addDependency: (file: string) => void }}
 * @param {string} source of a `.query.ts` file
 */
export default function inlineDocuments(source) {
  // A fragment changed in another file changes the documents that use it.
  this.addDependency(generated);
  const documents = documentsOf(readFileSync(generated, 'utf8'));
  return source
    .replace(/^import \{ graphql \} from '@\/gql';$/m, '')
    .replace(call, (_, kind, name) => {
      const document = documents.get(`${name}${kind === 'fragment' ? 'FragmentDoc' : 'Document'}`);
      if (!document) throw new Error(`${kind} ${name} was not generated: run graphql-codegen.`);
      return document;
    });
}

/** The literal of each document by its name. */
function documentsOf(text) {
  return new Map([...text.matchAll(written)].map(([, name, literal]) => [name, literal]));
}
