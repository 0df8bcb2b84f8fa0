'use client';

import Button from '@mui/material/Button';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Icon } from '@/ui/icon';

const RegisterDialog = dynamic(async () => (await import('./register-dialog')).RegisterDialog, {
  ssr: false,
});

export function RegisterVersion({ slug }: { slug: string }) {
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
        <Icon name="plus" /> Register version
      </Button>
      {open && (
        <RegisterDialog
          slug={slug}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
