'use client';

import { useMutation } from '@apollo/client/react';
import Button from '@mui/material/Button';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ConfirmDialog } from '@/ui/confirm-dialog';
import { RevokeApiTokenMutation } from './tokens.query';

export function RevokeToken({ id, name }: { id: string; name: string }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [revokeToken] = useMutation(RevokeApiTokenMutation);
  return (
    <>
      <Button
        size="small"
        color="error"
        onClick={() => {
          setOpen(true);
        }}
      >
        Revoke…
      </Button>
      <ConfirmDialog
        open={open}
        onClose={() => {
          setOpen(false);
        }}
        title={`Revoke ${name}?`}
        confirmLabel="Revoke token"
        keepLabel="Keep it"
        destructive
        onConfirm={async () => {
          await revokeToken({ variables: { id } });
          router.refresh();
        }}
      >
        Scripts that use it are refused from now on. A revoked token cannot be used again.
      </ConfirmDialog>
    </>
  );
}
