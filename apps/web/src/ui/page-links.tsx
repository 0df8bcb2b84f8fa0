import { LinkButton } from './link-button';

interface PageLinksProps {
  /** The address without `after`. */
  path: string;
  /** Other parameters to keep. */
  keep?: Record<string, string | undefined>;
  after: string | undefined;
  /** The part of the page to come back to. */
  hash?: string;
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
}

/** Forward by cursor, back to the start by name, and back one step by the browser. */
export function PageLinks({ path, keep = {}, after, pageInfo, hash }: PageLinksProps) {
  if (!after && !pageInfo.hasNextPage) return null;
  const href = (cursor?: string | null) => {
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries(keep)) if (value) params.set(name, value);
    if (cursor) params.set('after', cursor);
    const search = params.size > 0 ? `?${params.toString()}` : '';
    return `${path}${search}${hash ? `#${hash}` : ''}`;
  };
  return (
    <nav aria-label="Pages" style={{ display: 'flex', gap: 8, justifyContent: 'flex-end' }}>
      {after && <LinkButton href={href()}>First page</LinkButton>}
      {pageInfo.hasNextPage && <LinkButton href={href(pageInfo.endCursor)}>Next page</LinkButton>}
    </nav>
  );
}
