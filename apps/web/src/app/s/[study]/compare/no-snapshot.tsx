import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { LinkButton } from '@/ui/link-button';
import { PageHeader } from '@/ui/page-header';

export function NoSnapshot({ slug, isSynthetic }: { slug: string; isSynthetic: boolean }) {
  return (
    <>
      <PageHeader title="Compare versions" isSynthetic={isSynthetic} />
      <Card>
        <EmptyState
          icon="layers"
          title="No snapshot yet"
          actions={<LinkButton href={`/s/${slug}/cohorts`}>Open cohorts</LinkButton>}
        >
          Versions are compared on a snapshot: the images of a cohort with the references that
          counted at that moment. Take one of a cohort first.
        </EmptyState>
      </Card>
    </>
  );
}
