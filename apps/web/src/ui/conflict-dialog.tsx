'use client';

import dynamic from 'next/dynamic';

/** Two people changed one record; loaded when it happens, which is seldom. */
export const ConflictDialog = dynamic(
  async () => (await import('./conflict-dialog-window')).ConflictDialogWindow,
  { ssr: false },
);
