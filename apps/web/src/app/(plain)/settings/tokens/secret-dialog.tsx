'use client';

import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { CopyButton } from '@/ui/copy-button';
import styles from './secret-dialog.module.css';

/** The one time the secret is seen: only its hash is stored. Closes by its button alone. */
export function SecretDialog({
  secret,
  onClose,
}: {
  secret: string | undefined;
  onClose: () => void;
}) {
  return (
    <Dialog open={secret !== undefined} aria-labelledby="secret-title">
      <DialogTitle id="secret-title">Copy the token now</DialogTitle>
      <DialogContent>
        <p>It is shown this once. Only its fingerprint is stored, so nobody can show it again.</p>
        <div className={styles.secret}>
          <code>{secret}</code>
          <CopyButton text={secret ?? ''} />
        </div>
      </DialogContent>
      <DialogActions>
        <Button variant="contained" color="primary" onClick={onClose}>
          I have copied it
        </Button>
      </DialogActions>
    </Dialog>
  );
}
