'use client';

import { skipToken, useQuery } from '@apollo/client/react';
import type { RunLineFragment } from '@/gql/graphql';
import { RunLine } from './run-line';
import { isActive } from './run-words';
import { RunsQuery } from './run.query';

interface RunListProps {
  slug: string;
  /** As the server rendered them. */
  runs: readonly RunLineFragment[];
  after?: string | undefined;
}

/** Runs with moving bars: asked for again every 2 s while one of them is going on. */
export function RunList({ slug, runs: atFirst, after }: RunListProps) {
  const { data } = useQuery(
    RunsQuery,
    atFirst.some(isActive)
      ? { variables: { slug, first: atFirst.length, after }, pollInterval: 2_000 }
      : skipToken,
  );
  const runs = data?.study?.runs.edges.map(({ node }) => node) ?? atFirst;
  return runs.map((run) => <RunLine key={run.id} slug={slug} run={run} />);
}
