'use client';

import Dialog from '@mui/material/Dialog';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Icon } from '@/ui/icon';
import { Kbd } from '@/ui/kbd';
import { isTyping } from '@/ui/typing';
import styles from './shortcuts.module.css';

const places: Record<string, { path: string; name: string }> = {
  o: { path: '', name: 'Overview' },
  i: { path: '/images', name: 'Images' },
  m: { path: '/models', name: 'Models' },
  r: { path: '/runs', name: 'Runs' },
  e: { path: '/evaluations', name: 'Evaluations' },
};

/** How long the second key of "g o" may take. */
const chordMs = 1_500;

/** `g` and a letter go to a page, `?` shows all keys. Off while typing. */
export function Shortcuts({ slug }: { slug: string }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    let chordUntil = 0;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const place = places[event.key];
      if (place && Date.now() < chordUntil) router.push(`/s/${slug}${place.path}`);
      chordUntil = event.key === 'g' ? Date.now() + chordMs : 0;
      if (event.key === '?') setOpen(true);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [router, slug]);
  return (
    <>
      <Tooltip title="Keyboard shortcuts">
        <IconButton
          aria-label="Keyboard shortcuts"
          onClick={() => {
            setOpen(true);
          }}
        >
          <Icon name="keyboard" />
        </IconButton>
      </Tooltip>
      <Dialog
        open={open}
        onClose={() => {
          setOpen(false);
        }}
        aria-labelledby="shortcuts-title"
      >
        <DialogTitle id="shortcuts-title">Keyboard shortcuts</DialogTitle>
        <DialogContent>
          <Keys />
        </DialogContent>
      </Dialog>
    </>
  );
}

function Keys() {
  const rows: [keys: string[], words: string][] = [
    [['?'], 'This list'],
    ...Object.entries(places).map(([key, { name }]): [string[], string] => [['g', key], name]),
    [['Esc'], 'Close'],
    [['←', '→'], 'Plots: step through the points. Viewer: previous and next image'],
    [['T'], 'Plots: show as a table'],
  ];
  return (
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
  );
}
