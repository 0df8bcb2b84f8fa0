'use client';

import IconButton from '@mui/material/IconButton';
import { useState } from 'react';
import { Icon } from '@/ui/icon';
import { LazyChoiceMenu } from '@/ui/overlays';
import { Tip } from '@/ui/tip';
import { useAnchor } from '@/ui/use-anchor';
import { VisuallyHidden } from '@/ui/visually-hidden';
import type { Shown } from './shown';

const languages = ['GraphQL', 'Python', 'R', 'TypeScript'] as const;
type Language = (typeof languages)[number];

/** Loaded when somebody asks for one: the texts are no part of a page. */
async function scriptIn(language: Language, shown: Shown): Promise<string> {
  const { scripts } = await import('./scripts');
  return scripts[language](shown);
}

/** How long the button says that it worked. */
const shownMs = 2000;

/** A menu beside a table or plot: a complete script that reproduces its numbers, into the clipboard. */
export function CopyAs({ title, shown }: { title: string; shown: Shown }) {
  const { anchor, open, close } = useAnchor();
  const [done, setDone] = useState('');
  const copy = async (language: Language) => {
    const said = await navigator.clipboard.writeText(await scriptIn(language, shown)).then(
      () => `Copied as ${language}`,
      () => 'The browser refused access to the clipboard',
    );
    setDone(said);
    setTimeout(() => {
      setDone('');
    }, shownMs);
  };
  return (
    <>
      <Tip align="end" title={done || 'Copy as a script'}>
        <IconButton
          size="small"
          aria-label={`Copy as a script: ${title}`}
          aria-haspopup="menu"
          onClick={open}
        >
          <Icon name={done ? 'check' : 'copy'} />
        </IconButton>
      </Tip>
      <span role="status">
        <VisuallyHidden>{done}</VisuallyHidden>
      </span>
      {anchor && (
        <LazyChoiceMenu
          anchor={anchor}
          choices={languages.map((language) => ({
            key: language,
            words: `Copy as ${language}`,
            onChoose: () => void copy(language),
          }))}
          onClose={close}
        />
      )}
    </>
  );
}
