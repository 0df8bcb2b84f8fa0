'use client';

import { useMutation } from '@apollo/client/react';
import Button from '@mui/material/Button';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { LockAnalysisPlanMutation } from '@/plans/plans.query';
import { ConfirmDialog } from '@/ui/confirm-dialog';
import { Icon } from '@/ui/icon';
import { useNotice } from '@/ui/notice';

interface LockPlanProps {
  id: string;
  version: number;
  /** Of what was read: another draft by now is refused. */
  sha256: string;
}

export function LockPlan({ id, version, sha256 }: LockPlanProps) {
  const router = useRouter();
  const say = useNotice();
  const [open, setOpen] = useState(false);
  const [lock] = useMutation(LockAnalysisPlanMutation);
  return (
    <>
      <Button
        size="small"
        onClick={() => {
          setOpen(true);
        }}
      >
        <Icon name="lock" size={14} /> Lock plan {version}…
      </Button>
      <ConfirmDialog
        open={open}
        onClose={() => {
          setOpen(false);
        }}
        title={`Lock plan ${version}?`}
        confirmLabel={`Lock plan ${version}`}
        onConfirm={async () => {
          await lock({ variables: { id, sha256 } });
          say({ message: `Plan ${version} is locked.` });
          router.refresh();
        }}
      >
        It can never be changed or unlocked; a change is plan {version + 1}. From now on evaluations
        that follow it exactly can be confirmatory, and evaluations made before stay exploratory.
      </ConfirmDialog>
    </>
  );
}
