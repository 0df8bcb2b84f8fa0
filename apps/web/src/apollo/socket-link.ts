import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { createClient } from 'graphql-ws';

let link: GraphQLWsLink | undefined;

/** The one socket of this tab, opened by the first subscription. */
export function socketLink(): GraphQLWsLink {
  link ??= new GraphQLWsLink(
    createClient({
      url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
      lazy: true,
      // Leaves poll while there is no socket, so trying again may take its time.
      retryAttempts: Infinity,
      shouldRetry: () => true,
    }),
  );
  return link;
}
