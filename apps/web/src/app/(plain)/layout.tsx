import type { ReactNode } from 'react';
import { query, redirectToSignIn } from '@/apollo/server';
import { SignedInProviders } from '@/apollo/signed-in-providers';
import { Link } from '@/ui/link';
import { PlainPage } from '@/ui/plain-page';
import { UserBlock } from '@/ui/user-block';
import { PlainLayoutQuery } from './layout.query';

export default async function PlainLayout({ children }: { children: ReactNode }) {
  const { data } = await query({ query: PlainLayoutQuery });
  if (!data.viewer) return redirectToSignIn();
  return (
    <SignedInProviders>
      <PlainPage
        side={
          <>
            <Link href="/settings/tokens">API &amp; tokens</Link>
            <UserBlock name={data.viewer.name} />
          </>
        }
      >
        {children}
      </PlainPage>
    </SignedInProviders>
  );
}
