'use client';

import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import type { FilmQuery } from '@/gql/graphql';
import type { ImageList } from '@/images/image-list-address';
import { filmQuery } from './viewer.query';

type Connection = NonNullable<FilmQuery['study']>['images'];
export type Frame = Connection['edges'][number]['node'];

export interface Film {
  /** The list from its start, as far as it was read. */
  frames: readonly Frame[];
  totalCount: number | undefined;
  /** Of the image on show, from 0; -1 while it is not found. */
  index: number;
  /** The list was read to its end, or as far as it will be, and the image is not in it. */
  isMissing: boolean;
}

const PAGE_SIZE = 100;
/** Read ahead so that the film does not end before the list does. */
const FRAMES_AHEAD = 12;
/** The list can be read only from its start; beyond this, an image opened by its address has no place shown. */
const MAX_FRAMES = 5000;

interface Reading {
  key: string;
  frames: Frame[];
  totalCount: number | undefined;
  endCursor: string | null;
  isAtEnd: boolean;
}

const start = (key: string): Reading => ({
  key,
  frames: [],
  totalCount: undefined,
  endCursor: null,
  isAtEnd: false,
});

/** The list an image was opened from, read as far as the image and a little further. */
export function useFilm(slug: string, { filter, sort }: ImageList, code: string): Film {
  const client = useApolloClient();
  const key = JSON.stringify([slug, filter, sort]);
  const [reading, setReading] = useState(() => start(key));
  const current = reading.key === key ? reading : start(key);
  const index = current.frames.findIndex((frame) => frame.code === code);
  const isFar = index !== -1 && current.frames.length > index + FRAMES_AHEAD;
  const wantsMore = !current.isAtEnd && !isFar && current.frames.length < MAX_FRAMES;
  const after = current.endCursor;

  useEffect(() => {
    if (!wantsMore) return;
    let isCurrent = true;
    const [, filterOfKey, sortOfKey] = JSON.parse(key) as [string, typeof filter, typeof sort];
    client
      .query({
        query: filmQuery,
        variables: { slug, first: PAGE_SIZE, after, filter: filterOfKey, sort: sortOfKey },
      })
      .then(({ data }) => {
        const page = data?.study?.images;
        if (!isCurrent || !page) return;
        setReading((before) => extended(before.key === key ? before : start(key), page));
      })
      .catch(() => {
        // The image on show does not need its neighbours; without them the arrows lead nowhere.
        if (isCurrent) setReading((before) => ({ ...before, key, isAtEnd: true }));
      });
    return () => {
      isCurrent = false;
    };
  }, [client, slug, key, after, wantsMore]);

  return {
    frames: current.frames,
    totalCount: current.totalCount,
    index,
    isMissing: index === -1 && !wantsMore,
  };
}

const extended = (before: Reading, page: Connection): Reading => ({
  key: before.key,
  frames: [...before.frames, ...page.edges.map(({ node }) => node)],
  totalCount: page.totalCount,
  endCursor: page.pageInfo.endCursor ?? null,
  isAtEnd: !page.pageInfo.hasNextPage,
});
