'use client';

import { useMutation } from '@apollo/client/react';
import Button from '@mui/material/Button';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { RunDetailFragment } from '@/gql/graphql';
import { CancelRunMutation } from '@/runs/run-detail.query';
import { ConfirmDialog } from '@/ui/confirm-dialog';
import { countOf, formatCount } from '@/ui/format';
import { Icon } from '@/ui/icon';

export function CancelRun({ run }: { run: RunDetailFragment }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [cancelRun] = useMutation(CancelRunMutation);
  return (
    <>
      <Button
        color="error"
        onClick={() => {
          setOpen(true);
        }}
      >
        <Icon name="stop" /> Cancel run…
      </Button>
      <ConfirmDialog
        open={open}
        onClose={() => {
          setOpen(false);
        }}
        title={`Cancel run ${run.number}?`}
        confirmLabel="Cancel run"
        keepLabel="Let it go on"
        destructive
        onConfirm={async () => {
          await cancelRun({ variables: { id: run.id } });
          router.refresh();
        }}
      >
        {countOf(run.scoredCount, 'image')} scored so far stay, with their masks and scores. The{' '}
        {formatCount(run.waitingCount)} waiting are not scored; a new run takes up only those.
      </ConfirmDialog>
    </>
  );
}
