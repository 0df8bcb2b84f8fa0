'use client';

import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useState } from 'react';
import { useShortcuts } from '@/images/use-shortcuts';
import { Kbd } from '@/ui/kbd';
import styles from './key-bar.module.css';

const keys: { keys: string[]; short?: string; words: string }[] = [
  { keys: ['←', '→'], short: 'image', words: 'previous and next image, also K and J' },
  { keys: ['H'], short: 'hide outlines', words: 'hide outlines; hold it to peek' },
  { keys: ['[', ']'], short: 'opacity', words: 'outlines fainter and stronger' },
  { keys: ['O'], short: 'outline / fill', words: 'outline or fill' },
  {
    keys: ['1', '2', '3'],
    short: 'one layer',
    words: 'reference, first and second version on or off',
  },
  { keys: ['+', '−'], short: 'zoom', words: 'zoom in and out' },
  { keys: ['F'], short: 'fit', words: 'fit the image to the window, also 0' },
  { keys: ['Shift', '←', '↑'], words: 'move the enlarged image; or drag it' },
  { keys: ['?'], words: 'this list' },
  { keys: ['Esc'], words: 'close this list' },
];

export function KeyBar() {
  const [isOpen, setOpen] = useState(false);
  useShortcuts({
    '?': () => {
      setOpen(true);
    },
  });
  const close = () => {
    setOpen(false);
  };
  return (
    <footer className={styles.bar}>
      {keys.map(
        ({ keys: pressed, short }) =>
          short && (
            <span key={short}>
              {pressed.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}{' '}
              {short}
            </span>
          ),
      )}
      <button
        type="button"
        className={styles.all}
        onClick={() => {
          setOpen(true);
        }}
      >
        <Kbd>?</Kbd> all shortcuts
      </button>
      <Dialog open={isOpen} onClose={close} aria-labelledby="viewer-keys" maxWidth="xs">
        <DialogTitle id="viewer-keys">Keyboard shortcuts</DialogTitle>
        <DialogContent>
          <dl className={styles.list}>
            {keys.map(({ keys: pressed, words }) => (
              <div key={words}>
                <dt>
                  {pressed.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </dt>
                <dd>{words}</dd>
              </div>
            ))}
          </dl>
        </DialogContent>
        <DialogActions>
          <Button onClick={close} autoFocus>
            Close
          </Button>
        </DialogActions>
      </Dialog>
    </footer>
  );
}
