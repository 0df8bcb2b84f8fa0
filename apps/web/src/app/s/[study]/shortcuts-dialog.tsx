'use client';

import Dialog from '@mui/material/Dialog';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { Kbd } from '@/ui/kbd';
import styles from './shortcuts.module.css';

interface ShortcutsDialogProps {
  /** By the key that follows `g`. */
  places: Record<string, { name: string }>;
  onClose: () => void;
}

export function ShortcutsDialog({ places, onClose }: ShortcutsDialogProps) {
  const rows: [keys: string[], words: string][] = [
    [['?'], 'This list'],
    ...Object.entries(places).map(([key, { name }]): [string[], string] => [['g', key], name]),
    [['Esc'], 'Close'],
    [['←', '→'], 'Plots: step through the points. Viewer: previous and next image'],
    [['T'], 'Plots: show as a table'],
  ];
  return (
    <Dialog open onClose={onClose} aria-labelledby="shortcuts-title">
      <DialogTitle id="shortcuts-title">Keyboard shortcuts</DialogTitle>
      <DialogContent>
        <dl className={styles.keys}>
          {rows.map(([keys, words]) => (
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
    </Dialog>
  );
}
