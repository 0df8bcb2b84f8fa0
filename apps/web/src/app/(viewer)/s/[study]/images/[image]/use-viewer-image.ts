'use client';

import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useState } from 'react';
import { refusalOf } from '@/apollo/refusal';
import type { ViewerImageFragment } from '@/gql/graphql';
import { viewerImageQuery } from './viewer.query';

interface ViewerImages {
  /** Undefined while it loads. */
  image: ViewerImageFragment | undefined;
  failure: string | undefined;
  /** Asks again for the image on show, after something about it was changed. */
  reload: () => Promise<ViewerImageFragment | undefined>;
}

/** The image on show, and its neighbours ahead of time, so that going through a list does not wait. */
export function useViewerImage(
  slug: string,
  first: ViewerImageFragment,
  code: string,
  neighbours: readonly string[],
): ViewerImages {
  const client = useApolloClient();
  const [images, setImages] = useState(() => new Map([[first.code, first]]));
  const [failure, setFailure] = useState<{ code: string; message: string }>();

  const ask = useCallback(
    async (wanted: string) => {
      const { data } = await client.query({
        query: viewerImageQuery,
        variables: { slug, code: wanted },
      });
      return data?.study?.image ?? undefined;
    },
    [client, slug],
  );
  const keep = useCallback((loaded: ViewerImageFragment | undefined) => {
    if (loaded) setImages((known) => new Map(known).set(loaded.code, loaded));
  }, []);

  const isLoaded = images.has(code);
  useEffect(() => {
    if (isLoaded) return;
    ask(code).then(
      (loaded) => {
        if (loaded) keep(loaded);
        else setFailure({ code, message: `There is no image ${code} that you may see.` });
      },
      (error: unknown) => {
        setFailure({ code, message: refusalOf(error).message });
      },
    );
  }, [code, isLoaded, ask, keep]);

  const missing = neighbours.filter((neighbour) => !images.has(neighbour)).join('\n');
  useEffect(() => {
    if (!isLoaded || !missing) return;
    for (const neighbour of missing.split('\n'))
      // A neighbour that does not load says so when it is opened.
      ask(neighbour).then(keep, () => undefined);
  }, [isLoaded, missing, ask, keep]);

  return {
    image: images.get(code),
    failure: failure?.code === code ? failure.message : undefined,
    reload: async () => {
      const loaded = await ask(code);
      keep(loaded);
      return loaded;
    },
  };
}
