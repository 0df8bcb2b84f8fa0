'use client';

import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import { formatCount } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { LinkButton } from '@/ui/link-button';
import { useNotice } from '@/ui/notice';
import { SyntheticChip } from '@/ui/synthetic-chip';
import { diagnosisWords } from '@/ui/words';
import type { ViewerState } from './use-viewer';
import type { ViewerStudy } from './viewer';
import styles from './viewer.module.css';

export function ViewerHeader({ study, viewer }: { study: ViewerStudy; viewer: ViewerState }) {
  const say = useNotice();
  const { film, image, code, back, step } = viewer;
  const [current] = image?.lesion.diagnosisHistory ?? [];
  const isFirst = film.index <= 0;
  const isLast = film.index === -1 || film.index >= film.frames.length - 1;
  const copyLink = async () => {
    await navigator.clipboard.writeText(location.href);
    say({ message: 'Link copied', icon: 'link' });
  };

  return (
    <header className={styles.header}>
      <LinkButton href={back.href} variant="text" aria-label={`Back to ${back.label}`}>
        <Icon name="left" /> <span className={styles.back}>{back.label}</span>
      </LinkButton>
      <span className={styles.rule} />
      <h1 className={styles.code}>{code}</h1>
      {image && (
        <span className={styles.diagnosis}>
          {current ? diagnosisWords[current.diagnosis] : 'no reference'}
        </span>
      )}
      {study.isSynthetic && <SyntheticChip />}
      <span className={styles.space} />
      <IconButton
        aria-label="Previous image (left arrow)"
        disabled={isFirst}
        className={styles.arrow}
        onClick={() => {
          step(-1);
        }}
      >
        <Icon name="left" />
      </IconButton>
      <span className={styles.position} aria-live="polite">
        <Position film={film} />
      </span>
      <IconButton
        aria-label="Next image (right arrow)"
        disabled={isLast}
        className={styles.arrow}
        onClick={() => {
          step(1);
        }}
      >
        <Icon name="right" />
      </IconButton>
      <span className={styles.rule} />
      <Button aria-label="Copy link" onClick={() => void copyLink()}>
        <Icon name="link" /> <span className={styles.wideOnly}>Copy link</span>
      </Button>
    </header>
  );
}

function Position({ film }: Pick<ViewerState, 'film'>) {
  if (film.isMissing) return 'not in this list';
  if (film.index === -1 || film.totalCount === undefined) return '…';
  return (
    <>
      <b>{formatCount(film.index + 1)}</b> / {formatCount(film.totalCount)}
    </>
  );
}
