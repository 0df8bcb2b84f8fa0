'use client';

import { useMutation } from '@apollo/client/react';
import Button from '@mui/material/Button';
import { useRouter } from 'next/navigation';
import { refusalOf } from '@/apollo/refusal';
import { Icon } from '@/ui/icon';
import { useNotice } from '@/ui/notice';
import { createImportMutation } from './imports.query';

export function StartImport({ studyId, path }: { studyId: string; path: string }) {
  const router = useRouter();
  const say = useNotice();
  const [createImport, { loading }] = useMutation(createImportMutation);
  const start = async () => {
    try {
      const { data } = await createImport({ variables: { input: { studyId } } });
      if (data) router.push(`${path}/${data.createImport.id}`);
    } catch (error) {
      say({ message: refusalOf(error).message, icon: 'error' });
    }
  };
  return (
    <Button variant="contained" color="primary" loading={loading} onClick={() => void start()}>
      <Icon name="upload" /> Import a folder
    </Button>
  );
}
