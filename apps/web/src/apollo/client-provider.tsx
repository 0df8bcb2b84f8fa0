'use client';

import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { ApolloProvider } from '@apollo/client/react';
import { OperationTypeNode } from 'graphql';
import { useState, type ReactNode } from 'react';
import { defer, mergeMap } from 'rxjs';

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

/** Few pages subscribe: the socket's code is loaded by the first subscription of the tab. */
function socketLink() {
  const loaded = defer(() => import('./socket-link'));
  return new ApolloLink((operation) =>
    loaded.pipe(mergeMap(({ socketLink }) => socketLink().request(operation))),
  );
}
