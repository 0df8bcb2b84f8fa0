'use client';

import { PageError, type PageErrorProps } from '@/ui/page-error';
import { PlainPage } from '@/ui/plain-page';

export default function RootError(props: PageErrorProps) {
  return (
    <PlainPage>
      <h1>Something failed</h1>
      <PageError {...props} />
    </PlainPage>
  );
}
