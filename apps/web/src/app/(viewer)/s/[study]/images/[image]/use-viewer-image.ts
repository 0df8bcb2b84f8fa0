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

  const load = useCallback(
    async (wanted: string) => {
      const { data } = await client.query({
        query: viewerImageQuery,
        variables: { slug, code: wanted },
      });
      const loaded = data?.study?.image ?? undefined;
      if (loaded) setImages((known) => new Map(known).set(wanted, loaded));
      return loaded;
    },
    [client, slug],
  );

  const isLoaded = images.has(code);
  useEffect(() => {
    if (isLoaded) return;
    load(code).then(
      (loaded) => {
        if (!loaded) setFailure({ code, message: `There is no image ${code} that you may see.` });
      },
      (error: unknown) => {
        setFailure({ code, message: refusalOf(error).message });
      },
    );
  }, [code, isLoaded, load]);

  const missing = neighbours.filter((neighbour) => !images.has(neighbour)).join('\n');
  useEffect(() => {
    if (!isLoaded || !missing) return;
    // A neighbour that does not load says so when it is opened.
    for (const neighbour of missing.split('\n')) load(neighbour).catch(() => undefined);
  }, [isLoaded, missing, load]);

  return {
    image: images.get(code),
    failure: failure?.code === code ? failure.message : undefined,
    reload: () => load(code),
  };
}
