'use client';

import Dialog from '@mui/material/Dialog';
import DialogTitle from '@mui/material/DialogTitle';
import { useState } from 'react';
import { Segmented } from '@/ui/segmented';
import { RegisterPackage } from './register-package';
import { RegisterRemote } from './register-remote';

const sources = [
  { value: 'package', words: 'Package' },
  { value: 'remote', words: 'Remote engine' },
] as const;
type Source = (typeof sources)[number]['value'];

/** A version comes as a file that our workers run, or is served by an engine elsewhere. */
export function RegisterDialog({ slug, onClose }: { slug: string; onClose: () => void }) {
  const [source, setSource] = useState<Source>('package');
  const [busy, setBusy] = useState(false);
  const form = { slug, busy, onBusy: setBusy, onClose };
  return (
    <Dialog open fullWidth onClose={busy ? undefined : onClose} aria-labelledby="register-title">
      <DialogTitle id="register-title">Register version</DialogTitle>
      <div style={{ padding: '0 24px 4px' }}>
        <Segmented
          label="Where the version runs"
          value={source}
          options={sources}
          onChange={(chosen) => {
            if (!busy) setSource(chosen);
          }}
        />
      </div>
      {source === 'package' ? <RegisterPackage {...form} /> : <RegisterRemote {...form} />}
    </Dialog>
  );
}
