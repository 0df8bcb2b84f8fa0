'use client';

import dynamic from 'next/dynamic';
import type { ConfirmDialogProps } from './confirm-dialog-window';

const ConfirmDialogWindow = dynamic(
  async () => (await import('./confirm-dialog-window')).ConfirmDialogWindow,
  { ssr: false },
);

/** Asks before something that cannot be undone; loaded when it is first opened. */
export function ConfirmDialog({ open, ...window }: ConfirmDialogProps & { open: boolean }) {
  return open ? <ConfirmDialogWindow {...window} /> : null;
}
