'use client';

// Served with the page: the editor asks no other server for anything, and works without a network.
import 'graphiql/setup-workers/webpack';
import 'graphiql/style.css';
import { GraphiQL } from 'graphiql';

const firstQuestion = `# Your studies, and their newest evaluations with the AUC of each version.
# Ctrl+Enter asks; Ctrl+Space says what can be asked here.
query Studies {
  studies {
    slug
    name
    isSynthetic
    evaluations(first: 1) {
      edges {
        node {
          id
          snapshot {
            code
            imageCount
          }
          versions {
            modelVersion {
              title
            }
            tasks {
              task
              positives
              negatives
              auc {
                value
                low
                high
                undefinedReason
              }
            }
          }
        }
      }
    }
  }
}
`;

/** The cookie of the session goes along by itself: page and API have one origin. */
const ask = async (question: object): Promise<unknown> => {
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(question),
  });
  return answer.json();
};

export default function Explorer() {
  return (
    <GraphiQL
      fetcher={async (question) => (await ask(question)) as Record<string, unknown>}
      defaultQuery={firstQuestion}
      defaultEditorToolsVisibility="variables"
    />
  );
}
