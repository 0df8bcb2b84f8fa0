// Puts the generated document in the place of each graphql(`…`). Without it every page would carry the
// table of all documents of the application, by which graphql() finds them at run time.

const call = /graphql\(\s*`\s*(query|mutation|subscription|fragment)\s+(\w+)[^`]*`,?\s*\)/g;

/** @param {string} source of a `.query.ts` file */
export default function inlineDocuments(source) {
  const documents = [];
  const body = source
    .replace(/^import \{ graphql \} from '@\/gql';$/m, '')
    .replace(call, (_, kind, name) => {
      const document = `${name}${kind === 'fragment' ? 'FragmentDoc' : 'Document'}`;
      documents.push(document);
      return document;
    });
  return `import { ${documents.join(', ')} } from '@/gql/graphql';${body}`;
}
