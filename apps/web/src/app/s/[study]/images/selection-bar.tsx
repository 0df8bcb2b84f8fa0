'use client';

import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { useShortcuts } from '@/images/use-shortcuts';
import { countOf, formatCount } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { Kbd } from '@/ui/kbd';
import { chosenImages } from './chosen-images';
import styles from './selection-bar.module.css';
import type { BrowsedStudy, ListNames, LoadedList } from './use-image-list';
import type { ListKeys } from './use-list-keys';

const RunInferenceDialog = dynamic(
  async () => (await import('./run-inference-dialog')).RunInferenceDialog,
  { ssr: false },
);
const SaveCohortDialog = dynamic(
  async () => (await import('./save-cohort-dialog')).SaveCohortDialog,
  { ssr: false },
);

interface SelectionBarProps {
  study: BrowsedStudy;
  list: LoadedList;
  keys: ListKeys;
  names: ListNames;
}

/** Acts on what is selected. Without a selection, `C` and `R` act on the whole list. */
export function SelectionBar({ study, list, keys, names }: SelectionBarProps) {
  const [open, setOpen] = useState<'cohort' | 'run'>();
  const { buildCohorts, runInference } = study.permissions;
  const mayRun = runInference && (buildCohorts || keys.selection.selected.size === 1);
  const chosen = chosenImages(keys.selection, list);
  const ask = (dialog: 'cohort' | 'run', isAllowed: boolean) => () => {
    if (isAllowed && chosen.count > 0) setOpen(dialog);
  };
  useShortcuts({ c: ask('cohort', buildCohorts), r: ask('run', mayRun) });
  const close = () => {
    setOpen(undefined);
  };

  return (
    <>
      {(keys.selection.selected.size > 0 || keys.selection.wholeList) && (
        <div className={styles.bar} role="region" aria-label="Selection">
          <Icon name="check" />
          <b role="status">{formatCount(chosen.count)} selected</b>
          {chosen.patients !== undefined && (
            <span className={styles.quiet}>{countOf(chosen.patients, 'patient')}</span>
          )}
          {!keys.selection.wholeList && list.totalCount > chosen.count && (
            <Button
              variant="text"
              size="small"
              color="primary"
              onClick={chosen.count < list.rows.length ? keys.toggleAll : keys.selectWholeList}
            >
              {chosen.count < list.rows.length
                ? `Select the ${formatCount(list.rows.length)} shown`
                : `Select all ${formatCount(list.totalCount)}`}
            </Button>
          )}
          <span className={styles.rule} />
          {buildCohorts && (
            <Button onClick={ask('cohort', true)}>
              <Icon name="layers" /> Save as cohort <Kbd>C</Kbd>
            </Button>
          )}
          {mayRun && (
            <Button variant="contained" color="primary" onClick={ask('run', true)}>
              <Icon name="play" /> Run inference <Kbd>R</Kbd>
            </Button>
          )}
          <IconButton aria-label="Clear selection" onClick={keys.clear}>
            <Icon name="close" />
          </IconButton>
        </div>
      )}
      {open === 'cohort' && <SaveCohortDialog study={study} chosen={chosen} onClose={close} />}
      {open === 'run' && (
        <RunInferenceDialog study={study} chosen={chosen} names={names} onClose={close} />
      )}
    </>
  );
}
