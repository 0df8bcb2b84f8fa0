'use client';

import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useId, useState, type ReactNode } from 'react';
import { refusalOf } from '@/apollo/refusal';
import { Banner } from './banner';
import styles from './conflict-dialog.module.css';
import { Field } from './field';

export interface ConflictRow {
  /** What it is, where more than one thing was changed. */
  field?: string;
  opened: string;
  stored: string;
  mine: string;
}

export interface ConflictDialogProps {
  /** Such as "Ada Byron changed this 40 seconds ago". */
  title: ReactNode;
  /** Who stored the value that stands now, where that is known. */
  storedBy?: string | undefined;
  rows: readonly ConflictRow[];
  /** Records that keep a history ask why; the others only ask whether. */
  needsReason: boolean;
  onKeepTheirs: () => void;
  /** May throw; the dialog stays open and says why. */
  onSaveMine: (reason: string) => Promise<unknown>;
}

/** Two people changed one record: both values, and the choice. Nothing is overwritten unseen. */
export function ConflictDialogWindow(props: ConflictDialogProps) {
  const { title, storedBy, rows, needsReason, onKeepTheirs, onSaveMine } = props;
  const titleId = useId();
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const save = async () => {
    setBusy(true);
    setRefusal(undefined);
    try {
      await onSaveMine(reason.trim());
    } catch (error) {
      setRefusal(refusalOf(error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={onKeepTheirs} aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent>
        {rows.map(({ field, opened, stored, mine }) => (
          <dl key={field ?? ''} className={styles.values}>
            {field !== undefined && <h3>{field}</h3>}
            <div>
              <dt>When you opened it</dt>
              <dd>{opened}</dd>
            </div>
            <div>
              <dt>Now stored{storedBy === undefined ? '' : ` (${storedBy})`}</dt>
              <dd>
                <b>{stored}</b>
              </dd>
            </div>
            <div>
              <dt>Your change</dt>
              <dd>
                <b>{mine}</b>
              </dd>
            </div>
          </dl>
        ))}
        {needsReason && (
          <Field label="Reason to save yours, kept in the history">
            {(control) => (
              <input
                {...control}
                value={reason}
                onChange={(event) => {
                  setReason(event.target.value);
                }}
              />
            )}
          </Field>
        )}
        {refusal !== undefined && (
          <Banner tone="err" live>
            {refusal}
          </Banner>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onKeepTheirs}>Keep theirs</Button>
        <Button
          variant="contained"
          color="primary"
          loading={isBusy}
          disabled={needsReason && !reason.trim()}
          onClick={() => void save()}
        >
          {needsReason ? 'Save mine, with a reason' : 'Save mine'}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
