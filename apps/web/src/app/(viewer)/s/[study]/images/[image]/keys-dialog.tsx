'use client';

import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { Kbd } from '@/ui/kbd';
import styles from './key-bar.module.css';
import { viewerKeys } from './viewer-keys';

export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} aria-labelledby="viewer-keys" maxWidth="xs">
      <DialogTitle id="viewer-keys">Keyboard shortcuts</DialogTitle>
      <DialogContent>
        <dl className={styles.list}>
          {viewerKeys.map(({ keys, words }) => (
            <div key={words}>
              <dt>
                {keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} autoFocus>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  );
}
