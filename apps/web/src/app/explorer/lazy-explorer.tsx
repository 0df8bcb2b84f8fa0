'use client';

import dynamic from 'next/dynamic';

/** The editor weighs as much as ten pages, and nobody but this page carries it. */
export const LazyExplorer = dynamic(() => import('./explorer'), {
  ssr: false,
  loading: () => <p role="status">Loading the editor…</p>,
});
