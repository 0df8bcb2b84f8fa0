import type { ModelVersionLineFragment } from '@/gql/graphql';
import { Card } from '@/ui/card';
import { countOf } from '@/ui/format';
import { Facts } from '@/ui/facts';
import styles from './models.module.css';

type Endpoint = NonNullable<ModelVersionLineFragment['endpoint']>;

/** Where a remote version is served; the API tells it only to those who may register versions. */
export function EndpointCard({ endpoint }: { endpoint: Endpoint }) {
  return (
    <Card title="Remote engine" aside="Open Inference Protocol v2">
      <Facts
        rows={[
          [
            'Address',
            <span key="url" className={styles.mono} style={{ overflowWrap: 'anywhere' }}>
              {endpoint.url}
            </span>,
          ],
          ['Model name', endpoint.model],
          ['Served version', endpoint.version ?? 'the engine names none'],
          ['Token', endpoint.tokenVariable ?? 'none'],
          ['Gives up', givesUpWords(endpoint)],
          ['Asked at once', loadWords(endpoint)],
        ]}
      />
    </Card>
  );
}

const givesUpWords = ({ connectTimeoutMs, answerTimeoutMs }: Endpoint) =>
  `${connectTimeoutMs} ms to connect, ${answerTimeoutMs} ms to answer`;

const loadWords = ({ concurrency, maxBatch }: Endpoint) =>
  `${countOf(concurrency, 'question')} of up to ${countOf(maxBatch, 'image')}, by each worker`;
