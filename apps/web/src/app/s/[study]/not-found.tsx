import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';

/** Within a study the frame stays, so the way out is the menu at the left. */
export default function NotFoundInStudy() {
  return (
    <>
      <h1>Not found</h1>
      <Card>
        <EmptyState icon="search" title="There is nothing at this address in this study">
          It may have another number or name, or belong to another study.
        </EmptyState>
      </Card>
    </>
  );
}
