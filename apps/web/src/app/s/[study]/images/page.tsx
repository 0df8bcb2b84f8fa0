import { notFound } from 'next/navigation';
import { query } from '@/apollo/server';
import { withParam } from '@/images/change-address';
import { describeFilters } from '@/images/describe-filters';
import { readImageList, type AddressNames } from '@/images/image-list-address';
import { imageListNamesQuery } from '@/images/image-row.query';
import { searchParamsOf, type PageSearchParams } from '@/images/search-params';
import { ImageBrowser } from './image-browser';
import { imageCountQuery, imagesPageQuery } from './images.query';
import { PAGE_SIZE } from './page-size';

interface ImagesPageProps {
  params: Promise<{ study: string }>;
  searchParams: Promise<PageSearchParams>;
}

export const metadata = { title: 'Images' };

export default async function ImagesPage({ params, searchParams }: ImagesPageProps) {
  const { study: slug } = await params;
  const address = searchParamsOf(await searchParams);
  const { data: named } = await query({ query: imageListNamesQuery, variables: { slug } });
  if (!named.study) notFound();
  const names = {
    cohorts: named.study.cohorts,
    versions: named.models.flatMap((model) => model.versions),
  };
  const { filter, sort, notUnderstood } = readImageList(address, names);
  const { data } = await query({
    query: imagesPageQuery,
    variables: { slug, first: PAGE_SIZE, filter, sort },
  });
  if (!data.study) notFound();
  const { images } = data.study;
  const without =
    images.totalCount === 0 ? await countsWithout(slug, address, names, notUnderstood) : {};

  return (
    <ImageBrowser
      // Another filter or order is another list: nothing loaded or chosen before belongs to it.
      key={JSON.stringify([filter, sort])}
      study={data.study}
      names={names}
      address={address.toString()}
      countsWithout={without}
    />
  );
}

/** For each filter, how many images there would be without it: which one to drop. */
async function countsWithout(
  slug: string,
  address: URLSearchParams,
  names: AddressNames,
  notUnderstood: string[],
): Promise<Record<string, number>> {
  const counts = await Promise.all(
    describeFilters(address, names, notUnderstood).map(async ({ key }) => {
      const { filter } = readImageList(withParam(address, key, undefined), names);
      const { data } = await query({ query: imageCountQuery, variables: { slug, filter } });
      return [key, data.study?.images.totalCount ?? 0] as const;
    }),
  );
  return Object.fromEntries(counts);
}
