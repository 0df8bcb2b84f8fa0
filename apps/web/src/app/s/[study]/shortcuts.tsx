'use client';

import IconButton from '@mui/material/IconButton';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Icon } from '@/ui/icon';
import { Tip } from '@/ui/tip';
import { isTyping } from '@/ui/typing';

const ShortcutsDialog = dynamic(async () => (await import('./shortcuts-dialog')).ShortcutsDialog, {
  ssr: false,
});

const places: Record<string, { path: string; name: string }> = {
  o: { path: '', name: 'Overview' },
  i: { path: '/images', name: 'Images' },
  m: { path: '/models', name: 'Models' },
  r: { path: '/runs', name: 'Runs' },
  c: { path: '/compare', name: 'Compare' },
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
      if (place && Date.now() < chordUntil) {
        // The page's own single keys see the letter later, and must not take it too.
        event.preventDefault();
        router.push(`/s/${slug}${place.path}`);
      }
      chordUntil = event.key === 'g' ? Date.now() + chordMs : 0;
      if (event.key === '?') setOpen(true);
    };
    document.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      document.removeEventListener('keydown', onKeyDown, { capture: true });
    };
  }, [router, slug]);
  return (
    <>
      <Tip align="end" title="Keyboard shortcuts">
        <IconButton
          aria-label="Keyboard shortcuts"
          onClick={() => {
            setOpen(true);
          }}
        >
          <Icon name="keyboard" />
        </IconButton>
      </Tip>
      {open && (
        <ShortcutsDialog
          places={places}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
