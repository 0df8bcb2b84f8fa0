'use client';

import Button from '@mui/material/Button';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Icon } from '@/ui/icon';
import type { PromoteDialogProps } from './promote-dialog';

const PromoteDialog = dynamic(async () => (await import('./promote-dialog')).PromoteDialog, {
  ssr: false,
});

/** Opens the dialog that gives a version a name; it is loaded when it is first asked for. */
export function Promote(props: Omit<PromoteDialogProps, 'onClose'>) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="contained"
        color="primary"
        onClick={() => {
          setOpen(true);
        }}
      >
        <Icon name="star" /> Promote…
      </Button>
      {open && (
        <PromoteDialog
          {...props}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
