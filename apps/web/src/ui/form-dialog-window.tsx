'use client';

import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useId, useState, type ReactNode } from 'react';
import { refusalOf, type RefusalText } from '@/apollo/refusal';
import { Banner } from './banner';
import styles from './form-dialog.module.css';

export interface FormDialogProps {
  onClose: () => void;
  title: string;
  /** Verb and object. */
  submitLabel: string;
  /** May throw; the dialog stays open with what was typed, and says why. */
  onSubmit: (form: FormData) => Promise<unknown>;
  disabled?: boolean;
  /** Gets the message of a field at fault by the field's name. */
  children: (errorOf: (field: string) => string | undefined) => ReactNode;
}

const primary = { variant: 'contained', color: 'primary' } as const;

/** A form over the page. A refusal that names a field stands at that field, any other above the buttons. */
export function FormDialogWindow(props: FormDialogProps) {
  const { onClose, title, submitLabel, onSubmit, disabled, children } = props;
  const titleId = useId();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<RefusalText>();
  const [asked, setAsked] = useState<Set<string>>(() => new Set());

  const close = () => {
    setRefusal(undefined);
    onClose();
  };
  const submit = async (form: FormData) => {
    setBusy(true);
    setRefusal(undefined);
    // Only a field of this form can carry the message; another one's would be seen nowhere.
    setAsked(new Set(form.keys()));
    try {
      await onSubmit(form);
      onClose();
    } catch (error) {
      setRefusal(refusalOf(error));
    } finally {
      setBusy(false);
    }
  };
  const isAtField = refusal?.field !== undefined && asked.has(refusal.field);

  return (
    <Dialog open onClose={close} aria-labelledby={titleId}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit(new FormData(event.currentTarget));
        }}
      >
        <DialogTitle id={titleId}>{title}</DialogTitle>
        <DialogContent>
          <div className={styles.fields}>
            {children((field) =>
              isAtField && refusal.field === field ? refusal.message : undefined,
            )}
            {refusal && !isAtField && (
              <Banner tone="err" live>
                {refusal.message}
              </Banner>
            )}
          </div>
        </DialogContent>
        <DialogActions>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" {...primary} loading={busy} disabled={disabled}>
            {submitLabel}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
