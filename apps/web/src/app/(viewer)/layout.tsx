import type { ReactNode } from 'react';
import { SignedInProviders } from '@/apollo/signed-in-providers';

/** The viewer takes the whole screen: no frame, only what its leaves need. */
export default function ViewerLayout({ children }: { children: ReactNode }) {
  return <SignedInProviders>{children}</SignedInProviders>;
}
