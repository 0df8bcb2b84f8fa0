'use client';

import Button from '@mui/material/Button';
import { useState } from 'react';
import { Icon } from './icon';

export function CopyButton({ text, label = 'Copy' }: { text: string; label?: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    // Refused without a secure context or a permission; the text is on screen to be selected.
    await navigator.clipboard.writeText(text).then(
      () => {
        setCopied(true);
      },
      () => undefined,
    );
  };
  return (
    <Button size="small" onClick={() => void copy()} aria-live="polite">
      <Icon name={copied ? 'check' : 'copy'} size={14} />
      {copied ? 'Copied' : label}
    </Button>
  );
}
