import { query } from '@/apollo/server';
import type { EvaluationImageSortField } from '@/gql/graphql';
import { Card } from '@/ui/card';
import { countOf } from '@/ui/format';
import { Link } from '@/ui/link';
import { PageLinks } from '@/ui/page-links';
import { VersionMarker } from '@/ui/version-marker';
import styles from './dashboard.module.css';
import { ErrorRows } from './error-rows';
import { EvaluationImagesQuery } from './evaluation.query';
import { versionWord, type Evaluation } from './evaluation';
import { readErrorSort, sortWord, type ErrorSort } from './error-sort';

const pageSize = 25;

interface ErrorTableProps {
  slug: string;
  evaluation: Evaluation;
  searchParams: Record<string, string | string[] | undefined>;
}

/** The images behind the numbers, the worst first; the address holds version, order and page. */
export async function ErrorTable({ slug, evaluation, searchParams }: ErrorTableProps) {
  const { of, sort: sortParam, after } = searchParams;
  const version = evaluation.versions.find((v) => versionWord(v) === of) ?? evaluation.versions[0];
  if (!version) return null;
  const sort = readErrorSort(sortParam);
  const { data } = await query({
    query: EvaluationImagesQuery,
    variables: {
      id: evaluation.id,
      modelVersionId: version.modelVersion.id,
      first: pageSize,
      after: typeof after === 'string' ? after : undefined,
      sort,
    },
  });
  const images = data.evaluation?.images;
  if (!images) return null;
  const path = `/s/${slug}/evaluations/${evaluation.id}`;
  const keep = { of: versionWord(version), sort: sortWord(sort) };
  return (
    <>
      <Card
        flush
        id="images"
        title="Images by error"
        aside={countOf(images.totalCount, 'image')}
        actions={
          evaluation.versions.length > 1 ? (
            <VersionTabs path={path} evaluation={evaluation} current={keep.of} sort={sort} />
          ) : undefined
        }
      >
        <ErrorRows
          slug={slug}
          version={keep.of}
          rows={images.edges.map(({ node }) => node)}
          sort={sort}
          sortHref={(field) => sortHref(path, keep.of, sort, field)}
        />
      </Card>
      <PageLinks
        path={path}
        keep={keep}
        after={typeof after === 'string' ? after : undefined}
        pageInfo={images.pageInfo}
        hash="images"
      />
    </>
  );
}

interface VersionTabsProps {
  path: string;
  evaluation: Evaluation;
  current: string;
  sort: ErrorSort;
}

function VersionTabs({ path, evaluation, current, sort }: VersionTabsProps) {
  return (
    <nav className={styles.tabs} aria-label="Errors of version">
      {evaluation.versions.map((version) => (
        <Link
          key={version.slot}
          href={`${path}?of=${versionWord(version)}&sort=${sortWord(sort)}#images`}
          scroll={false}
          aria-current={versionWord(version) === current ? 'true' : undefined}
        >
          <VersionMarker slot={version.slot} /> {version.modelVersion.title}
        </Link>
      ))}
    </nav>
  );
}

/** A second click on a head turns its order; a first one puts the worst first. */
function sortHref(path: string, of: string, now: ErrorSort, field: EvaluationImageSortField) {
  const worstFirst = field === 'CODE' || field === 'JACCARD' ? 'ASC' : 'DESC';
  const turned = now.direction === 'ASC' ? 'DESC' : 'ASC';
  const direction = now.field === field ? turned : worstFirst;
  return `${path}?of=${of}&sort=${sortWord({ field, direction })}#images`;
}
