'use client';

import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { ApolloProvider } from '@apollo/client/react';
import { OperationTypeNode } from 'graphql';
import { createClient } from 'graphql-ws';
import { useState, type ReactNode } from 'react';

/** One client per tab. Leaves ask the API through it, on the page's own origin. */
export function ClientProvider({ children }: { children: ReactNode }) {
  const [client] = useState(createApolloClient);
  return <ApolloProvider client={client}>{children}</ApolloProvider>;
}

function createApolloClient() {
  const http = new HttpLink({ uri: '/graphql' });
  // Server rendering never subscribes, and has no `location`.
  const link =
    typeof window === 'undefined'
      ? http
      : ApolloLink.split(
          ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
          socketLink(),
          http,
        );
  return new ApolloClient({
    link,
    cache: new InMemoryCache(),
    defaultOptions: {
      // Pages come from the server; what a leaf asks for, it wants as it is now.
      query: { fetchPolicy: 'network-only' },
      watchQuery: { fetchPolicy: 'network-only' },
    },
  });
}

function socketLink() {
  return new GraphQLWsLink(
    createClient({
      url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
      lazy: true,
      // Leaves poll while there is no socket, so trying again may take its time.
      retryAttempts: Infinity,
      shouldRetry: () => true,
    }),
  );
}
