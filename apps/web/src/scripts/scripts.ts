import { graphqlScript } from './graphql-script';
import { pythonScript } from './python-script';
import { rScript } from './r-script';
import type { Shown } from './shown';
import { typescriptScript } from './typescript-script';

/** What is shown, as a complete script in each language. */
export const scripts: Record<'GraphQL' | 'Python' | 'R' | 'TypeScript', (shown: Shown) => string> =
  {
    GraphQL: graphqlScript,
    Python: pythonScript,
    R: rScript,
    TypeScript: typescriptScript,
  };
