'use client';

import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useId, useState, type ReactNode } from 'react';
import { refusalOf } from '@/apollo/refusal';
import { Banner } from './banner';

export interface ConfirmDialogProps {
  onClose: () => void;
  title: string;
  /** The consequences, in counts. */
  children: ReactNode;
  /** Verb and object, such as "Cancel run 41". */
  confirmLabel: string;
  /** How to leave without doing it. */
  keepLabel?: string;
  destructive?: boolean;
  /** May throw; the dialog stays open and says why. */
  onConfirm: () => Promise<unknown>;
}

export function ConfirmDialogWindow({
  onClose,
  title,
  children,
  confirmLabel,
  keepLabel = 'Cancel',
  destructive = false,
  onConfirm,
}: ConfirmDialogProps) {
  const titleId = useId();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();

  const close = () => {
    setRefusal(undefined);
    onClose();
  };
  const confirm = async () => {
    setBusy(true);
    setRefusal(undefined);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setRefusal(refusalOf(error).message);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog open onClose={close} aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent>
        <div style={{ color: 'var(--text-2)' }}>{children}</div>
        {refusal !== undefined && (
          <div style={{ marginTop: 12 }}>
            <Banner tone="err" live>
              {refusal}
            </Banner>
          </div>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{keepLabel}</Button>
        <Button
          variant="contained"
          color={destructive ? 'error' : 'primary'}
          loading={busy}
          onClick={() => void confirm()}
        >
          {confirmLabel}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
