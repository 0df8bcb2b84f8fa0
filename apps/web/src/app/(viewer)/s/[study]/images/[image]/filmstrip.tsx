'use client';

import { useEffect, useRef } from 'react';
import { formatCount } from '@/ui/format';
import styles from './filmstrip.module.css';
import type { Film } from './use-film';

interface FilmstripProps {
  film: Film;
  code: string;
  hrefOf: (code: string) => string;
  onOpen: (code: string) => void;
}

/** So many on either side fill the widest screens. */
const FRAMES_EACH_SIDE = 16;

export function Filmstrip({ film, code, hrefOf, onOpen }: FilmstripProps) {
  const strip = useRef<HTMLElement>(null);
  const start = Math.max(film.index - FRAMES_EACH_SIDE, 0);
  const frames =
    film.index === -1 ? [] : film.frames.slice(start, film.index + FRAMES_EACH_SIDE + 1);
  useEffect(() => {
    const current = strip.current?.querySelector<HTMLElement>('[aria-current]');
    if (!strip.current || !current) return;
    // Not scrollIntoView: that would move the page too.
    strip.current.scrollLeft =
      current.offsetLeft - (strip.current.clientWidth - current.clientWidth) / 2;
  }, [code, film.index]);

  return (
    <nav className={styles.strip} aria-label="Images of this list" ref={strip}>
      {frames.map((frame, offset) => (
        <a
          key={frame.id}
          href={hrefOf(frame.code)}
          className={styles.frame}
          aria-label={`${frame.code}, ${start + offset + 1} of ${film.totalCount ?? 'many'}`}
          aria-current={frame.code === code ? 'true' : undefined}
          tabIndex={frame.code === code ? 0 : -1}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            onOpen(frame.code);
          }}
        >
          <img src={frame.thumbnailUrl} alt="" loading="lazy" />
          <span>{formatCount(start + offset + 1)}</span>
        </a>
      ))}
      {film.isMissing && (
        <p className={styles.words}>
          This image is not in the list it was opened from; it may have changed since.
        </p>
      )}
    </nav>
  );
}
