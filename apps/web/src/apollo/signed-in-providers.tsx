'use client';

import type { ReactNode } from 'react';
import { NoticeProvider } from '@/ui/notice';
import { ClientProvider } from './client-provider';

/** What pages behind the sign-in need. Not in the root layout: the sign-in page would load it for nothing. */
export function SignedInProviders({ children }: { children: ReactNode }) {
  return (
    <ClientProvider>
      <NoticeProvider>{children}</NoticeProvider>
    </ClientProvider>
  );
}
