'use client';

import dynamic from 'next/dynamic';
import type { FormDialogProps } from './form-dialog-window';

const FormDialogWindow = dynamic(
  async () => (await import('./form-dialog-window')).FormDialogWindow,
  { ssr: false },
);

/** A form over the page, loaded when it is first opened. Closing it forgets what was typed. */
export function FormDialog({ open, ...window }: FormDialogProps & { open: boolean }) {
  return open ? <FormDialogWindow {...window} /> : null;
}
