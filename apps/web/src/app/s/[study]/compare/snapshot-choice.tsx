'use client';

import Button from '@mui/material/Button';
import { withParam } from '@/images/change-address';
import { countOf } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { LazyChoiceMenu } from '@/ui/overlays';
import { StateChip } from '@/ui/state-chip';
import { useAnchor } from '@/ui/use-anchor';
import styles from './compare.module.css';
import type { ComparePart } from './compare-question';

export function SnapshotChoice({ names, snapshot, params, go }: ComparePart) {
  const { anchor, open, close } = useAnchor();
  return (
    <>
      <Button
        aria-haspopup="menu"
        aria-label={`Snapshot ${snapshot.cohort.name} ${snapshot.code}, frozen. Choose another`}
        className={styles.snapshot}
        onClick={open}
      >
        <Icon name="layers" /> <b>{snapshot.cohort.name}</b>
        <span className={styles.code}>{snapshot.code}</span>
        <StateChip tone="off" icon="lock">
          frozen
        </StateChip>
        <Icon name="down" size={14} />
      </Button>
      {anchor && (
        <LazyChoiceMenu
          anchor={anchor}
          choices={names.snapshots.map(({ id, code, imageCount, cohort }) => ({
            key: id,
            words: (
              <>
                {cohort.name} <span className={styles.code}>{code}</span>
              </>
            ),
            note: countOf(imageCount, 'image'),
            isChosen: id === snapshot.id,
            onChoose: () => {
              go(withParam(params, 'snapshot', code));
            },
          }))}
          onClose={close}
        />
      )}
    </>
  );
}
