'use client';

import { useMutation } from '@apollo/client/react';
import Button from '@mui/material/Button';
import { useRouter } from 'next/navigation';
import { refusalOf } from '@/apollo/refusal';
import { TakeSnapshotMutation } from '@/cohorts/cohorts.query';
import { countOf } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { useNotice } from '@/ui/notice';

interface TakeSnapshotProps {
  cohortId: string;
  imageCount: number;
  /** Then it is the next step, and looks so. */
  isFirst: boolean;
}

/** Nothing is lost by a snapshot, so it is taken without asking. */
export function TakeSnapshot({ cohortId, imageCount, isFirst }: TakeSnapshotProps) {
  const router = useRouter();
  const say = useNotice();
  const [takeSnapshot, { loading }] = useMutation(TakeSnapshotMutation);
  const take = async () => {
    try {
      const { data } = await takeSnapshot({ variables: { cohortId } });
      if (!data) return;
      const { code, imageCount: frozen } = data.createSnapshot;
      say({ message: `Snapshot ${code} holds ${countOf(frozen, 'image')}` });
      router.refresh();
    } catch (error) {
      say({ icon: 'error', message: refusalOf(error).message });
    }
  };
  return (
    <Button
      {...(isFirst ? { variant: 'contained', color: 'primary' } : {})}
      loading={loading}
      disabled={imageCount === 0}
      onClick={() => void take()}
    >
      <Icon name="lock" /> Take snapshot
    </Button>
  );
}
