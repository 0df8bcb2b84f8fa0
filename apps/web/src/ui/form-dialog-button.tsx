'use client';

import Button from '@mui/material/Button';
import { useState } from 'react';
import { FormDialog } from './form-dialog';
import type { FormDialogProps } from './form-dialog-window';
import { Icon } from './icon';

interface FormDialogButtonProps extends Omit<FormDialogProps, 'title' | 'submitLabel' | 'onClose'> {
  /** What the button, the dialog and its own button say: verb and object. */
  label: string;
}

/** The one button of a page that adds something, and the form that it opens. */
export function FormDialogButton({ label, ...form }: FormDialogButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="contained"
        color="primary"
        onClick={() => {
          setOpen(true);
        }}
      >
        <Icon name="plus" /> {label}
      </Button>
      <FormDialog
        {...form}
        open={isOpen}
        title={label}
        submitLabel={label}
        onClose={() => {
          setOpen(false);
        }}
      />
    </>
  );
}
