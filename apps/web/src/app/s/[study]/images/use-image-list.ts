'use client';

import { useApolloClient } from '@apollo/client/react';
import { usePathname, useRouter } from 'next/navigation';
import { useMemo, useOptimistic, useState, useTransition } from 'react';
import { refusalOf } from '@/apollo/refusal';
import type { ImageListNamesQuery, ImageRowFragment, ImagesPageQuery } from '@/gql/graphql';
import { addressText } from '@/images/change-address';
import { describeFilters, type FilterWords } from '@/images/describe-filters';
import { readImageList, type ImageList } from '@/images/image-list-address';
import { shownVersions } from '@/images/shown-versions';
import { moreImagesQuery } from './images.query';
import { PAGE_SIZE } from './page-size';

export type BrowsedStudy = NonNullable<ImagesPageQuery['study']>;
export type ListedVersion = ImageListNamesQuery['models'][number]['versions'][number];
export interface ListNames {
  cohorts: { id: string; name: string }[];
  versions: ListedVersion[];
}

export interface LoadedList extends ImageList {
  slug: string;
  params: URLSearchParams;
  names: ListNames;
  filterWords: FilterWords[];
  /** Slot 1 first. */
  versions: ListedVersion[];
  rows: ImageRowFragment[];
  ids: string[];
  totalCount: number;
  patientCount: number;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadError: string | undefined;
  loadMore: () => void;
  /** The address of another list, or of the same shown otherwise. */
  go: (params: URLSearchParams) => void;
  isPending: boolean;
  /** The address of an image in the viewer, from which this list can be reached again. */
  viewerHref: (code: string) => string;
}

/** The list the address names: its first page came with the page, the others are asked for here. */
export function useImageList(study: BrowsedStudy, names: ListNames, address: string): LoadedList {
  const router = useRouter();
  const pathname = usePathname();
  const [isPending, startTransition] = useTransition();
  const params = useMemo(() => new URLSearchParams(address), [address]);
  // A checked box is checked at once, and a second one adds to it, while the list is on its way.
  const [nextParams, setNextParams] = useOptimistic(params);
  const list = useMemo(() => readImageList(params, names), [params, names]);
  const more = useMoreImages(study, list);
  const rows = useMemo(
    () => [...study.images.edges.map(({ node }) => node), ...more.rows],
    [study.images.edges, more.rows],
  );
  return {
    ...list,
    ...more,
    rows,
    slug: study.slug,
    params: nextParams,
    names,
    filterWords: describeFilters(params, names, list.notUnderstood),
    versions: shownVersions(names.versions, list, rows, params.get('v')),
    ids: useMemo(() => rows.map(({ id }) => id), [rows]),
    totalCount: study.images.totalCount,
    patientCount: study.images.patientCount,
    isPending,
    go: (next) => {
      startTransition(() => {
        setNextParams(next);
        router.push(`${pathname}${addressText(next)}`, { scroll: false });
      });
    },
    viewerHref: (code) => {
      const from = addressText(params).slice(1);
      const query = from ? `?list=${encodeURIComponent(from)}` : '?list=';
      return `/s/${study.slug}/images/${encodeURIComponent(code)}${query}`;
    },
  };
}

function useMoreImages(study: BrowsedStudy, { filter, sort }: ImageList) {
  const client = useApolloClient();
  const [pageInfo, setPageInfo] = useState(study.images.pageInfo);
  const [rows, setRows] = useState<ImageRowFragment[]>([]);
  const [isLoadingMore, setLoading] = useState(false);
  const [loadError, setLoadError] = useState<string>();

  const load = async () => {
    setLoading(true);
    setLoadError(undefined);
    try {
      const { data } = await client.query({
        query: moreImagesQuery,
        variables: { slug: study.slug, first: PAGE_SIZE, after: pageInfo.endCursor, filter, sort },
      });
      const page = data?.study?.images;
      if (!page) throw new Error('The study is gone.');
      setRows((before) => [...before, ...page.edges.map(({ node }) => node)]);
      setPageInfo(page.pageInfo);
    } catch (error) {
      setLoadError(refusalOf(error).message);
    } finally {
      setLoading(false);
    }
  };
  return {
    rows,
    hasMore: pageInfo.hasNextPage,
    isLoadingMore,
    loadError,
    loadMore: () => void load(),
  };
}
