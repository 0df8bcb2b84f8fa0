'use client';

import dynamic from 'next/dynamic';

// Most people look at the plots: the tables come with the first that is shown.
export const NumbersTable = dynamic(async () => (await import('./numbers-table')).NumbersTable, {
  ssr: false,
});
export const RocTable = dynamic(async () => (await import('./roc-table')).RocTable, { ssr: false });
