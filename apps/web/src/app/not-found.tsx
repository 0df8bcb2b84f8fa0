import { EmptyState } from '@/ui/empty-state';
import { Card } from '@/ui/card';
import { LinkButton } from '@/ui/link-button';
import { PlainPage } from '@/ui/plain-page';

export const metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <PlainPage>
      <h1>Not found</h1>
      <Card>
        <EmptyState
          icon="search"
          title="There is nothing here that you may see"
          actions={<LinkButton href="/studies">All studies</LinkButton>}
        >
          The address may be wrong, or you may not be a member of its study. Ask the person who sent
          it, or a coordinator of the study.
        </EmptyState>
      </Card>
    </PlainPage>
  );
}
