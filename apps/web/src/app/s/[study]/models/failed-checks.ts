import type { ModelVersionLineFragment } from '@/gql/graphql';

type Check = ModelVersionLineFragment['checks'][number];

/** The checks a refused registration carries in its error, where it carries any. */
export function failedChecks(extensions: Record<string, unknown> | undefined): Check[] | undefined {
  const checks = extensions?.['checks'];
  if (!Array.isArray(checks)) return undefined;
  const known = (checks as unknown[]).filter(isCheck);
  return known.length > 0 ? known : undefined;
}

const isCheck = (value: unknown): value is Check =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  'title' in value &&
  'passed' in value &&
  'detail' in value;
