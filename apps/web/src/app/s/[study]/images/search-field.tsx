'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import { withParam } from '@/images/change-address';
import { Icon } from '@/ui/icon';
import type { LoadedList } from './use-image-list';
import styles from './filter-bar.module.css';

/** Long enough not to ask for every letter, short enough not to be waited for. */
const PAUSE_MS = 350;

/** Finds images by a part of their code. */
export function SearchField({ list }: { list: LoadedList }) {
  const inAddress = list.params.get('q') ?? '';
  const [text, setText] = useState(inAddress);
  const search = useEffectEvent(() => {
    if (text.trim() !== inAddress.trim()) list.go(withParam(list.params, 'q', text.trim()));
  });
  useEffect(() => {
    const timer = setTimeout(() => {
      search();
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [text]);
  return (
    <span className={styles.search}>
      <Icon name="search" size={14} />
      <input
        type="search"
        aria-label="Search by image code"
        placeholder="Image code…"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
    </span>
  );
}
